// Sebuah fakta bagi aturan: fakta ukuran = plugin @NAME@.ukuran(isi) : {pendek, panjang}
'use strict';
const pintu = require('./pintu.js');

class Fakta {
    constructor(engine) { this.least = engine.config.panjang_mulai ?? 50; }

    answer(fact, given) {
        if (fact !== 'ukuran') throw new pintu.Unknown('tidak ada fakta itu');
        const words = (given.isi ?? '').trim().split(/\s+/).length;
        return words >= this.least ? 'panjang' : 'pendek';
    }
}

pintu.run('@NAME@', '0.1.0', Fakta);
