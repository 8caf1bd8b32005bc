// Sebuah kanal: setiap berkas .txt dalam folder adalah satu laporan.
'use strict';
const fs = require('fs');
const path = require('path');
const pintu = require('./pintu.js');

class Kanal {
    constructor(engine) {
        this.engine = engine;
        this.folder = engine.config.folder;
    }

    // Laporan yang sama diberikan lagi sampai taken() menyebutnya.
    poll(limit) {
        const names = fs.readdirSync(this.folder).filter(name => name.endsWith('.txt')).sort();
        return names.slice(0, limit).map(name => this.report(name));
    }

    report(name) {
        const at = new Date(Math.floor(this.engine.nowUs() / 1000)).toISOString().slice(0, 19) + 'Z';
        const isi = fs.readFileSync(path.join(this.folder, name), 'utf8');
        return {channel: '@NAME@', external_id: name.slice(0, -4), received_at: at, isi};
    }

    // Sudah tersimpan di mesin, atau ditolak untuk selamanya: singkirkan berkasnya.
    taken(answers) {
        for (const answer of answers) {
            const file = path.join(this.folder, String(answer.external_id));
            const ending = ['accepted', 'repeated'].includes(answer.status) ? '.masuk' : '.ditolak';
            if (fs.existsSync(file + '.txt')) fs.renameSync(file + '.txt', file + ending);
        }
    }
}

pintu.run('@NAME@', '0.1.0', Kanal);
