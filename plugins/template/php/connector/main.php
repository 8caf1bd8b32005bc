<?php
// Pengirim: setiap pesan menjadi satu berkas dalam folder. Ganti dengan panggilan ke gerbang Anda:
// $engine->ask('http.request', [...]), dengan hosts di plugin.yaml.
require __DIR__ . '/pintu.php';

class Pengirim
{
    private string $folder;

    public function __construct(Engine $engine) { $this->folder = $engine->config['folder']; }

    // "key" yang sama adalah pesan yang sama: tidak boleh terkirim dua kali.
    public function send(array $message): void
    {
        $key = $message['key'] ?? '';
        $phone = $message['to']['phone'] ?? '';
        if (!is_string($key) || $key === '' || str_contains($key, '/')) throw new Refused('pesan tanpa key yang dapat dipakai');
        if (!is_string($phone) || $phone === '') throw new Refused('kasus ini tanpa nomor telepon');
        $path = $this->folder . '/' . $key . '.txt';
        if (!file_exists($path)) file_put_contents($path, $phone . "\n" . $message['text'] . "\n");
    }
}

run('@NAME@', '0.1.0', Pengirim::class);
