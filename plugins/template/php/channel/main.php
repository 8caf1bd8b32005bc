<?php
// Sebuah kanal: setiap berkas .txt dalam folder adalah satu laporan.
require __DIR__ . '/pintu.php';

class Kanal
{
    private string $folder;

    public function __construct(private Engine $engine) { $this->folder = $engine->config['folder']; }

    // Laporan yang sama diberikan lagi sampai taken() menyebutnya.
    public function poll(int $limit): array
    {
        $names = array_filter(scandir($this->folder), fn($name) => str_ends_with($name, '.txt'));
        return array_map($this->report(...), array_slice(array_values($names), 0, $limit));
    }

    private function report(string $name): array
    {
        $at = gmdate('Y-m-d\TH:i:s\Z', intdiv($this->engine->now_us(), 1000000));
        return ['channel' => '@NAME@', 'external_id' => substr($name, 0, -4), 'received_at' => $at,
                'isi' => file_get_contents($this->folder . '/' . $name)];
    }

    // Sudah tersimpan di mesin, atau ditolak untuk selamanya: singkirkan berkasnya.
    public function taken(array $answers): void
    {
        foreach ($answers as $answer) {
            if (!is_string($answer['external_id'] ?? null)) continue;
            $path = $this->folder . '/' . $answer['external_id'];
            $in = in_array($answer['status'] ?? '', ['accepted', 'repeated'], true);
            if (file_exists($path . '.txt')) rename($path . '.txt', $path . ($in ? '.masuk' : '.ditolak'));
        }
    }
}

run('@NAME@', '0.1.0', Kanal::class);
