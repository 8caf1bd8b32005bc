<?php
// Sebuah fakta bagi aturan: fakta ukuran = plugin @NAME@.ukuran(isi) : {pendek, panjang}
require __DIR__ . '/pintu.php';

class Fakta
{
    private int $least;

    public function __construct(Engine $engine) { $this->least = $engine->config['panjang_mulai'] ?? 50; }

    public function answer(string $fact, array $arguments): string
    {
        if ($fact !== 'ukuran') throw new Unknown('tidak ada fakta itu');
        $words = count(preg_split('/\s+/', trim($arguments['isi'] ?? '')));
        return $words >= $this->least ? 'panjang' : 'pendek';
    }
}

run('@NAME@', '0.1.0', Fakta::class);
