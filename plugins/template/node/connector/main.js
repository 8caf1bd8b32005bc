// Pengirim: setiap pesan menjadi satu berkas dalam folder. Ganti dengan panggilan ke gerbang Anda:
// engine.ask('http.request', {...}), dengan hosts di plugin.yaml.
'use strict';
const fs = require('fs');
const path = require('path');
const pintu = require('./pintu.js');

class Pengirim {
    constructor(engine) { this.folder = engine.config.folder; }

    // "key" yang sama adalah pesan yang sama: tidak boleh terkirim dua kali.
    send(message) {
        const {key, text} = message;
        const phone = message.to?.phone;
        if (typeof key !== 'string' || key === '' || key.includes('/'))
            throw new pintu.Refused('pesan tanpa key yang dapat dipakai');
        if (typeof phone !== 'string' || phone === '') throw new pintu.Refused('kasus ini tanpa nomor telepon');
        const file = path.join(this.folder, key + '.txt');
        if (!fs.existsSync(file)) fs.writeFileSync(file, phone + '\n' + text + '\n');
    }
}

pintu.run('@NAME@', '0.1.0', Pengirim);
