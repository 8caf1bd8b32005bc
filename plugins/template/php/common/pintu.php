<?php
// The engine's side of a Pintu plugin in PHP: JSON-RPC 2.0, one object a line, on standard input and
// output. What goes to standard error is the plugin's log. docs/plugin-documents.md has the documents.

class Refused extends Exception { public int $status = -32001; }  // never will work
class Later extends Exception { public int $status = -32002; }    // the same again may work
class Unknown extends Exception { public int $status = -32003; }  // no such thing

// What a plugin may ask, while it is being called.
class Engine
{
    public array $config;
    private int $id = 0;

    public function __construct(array $start) { $this->config = $start['config']; }

    public function ask(string $method, array $document = []): array
    {
        say(['id' => 'p' . ++$this->id, 'method' => $method, 'params' => (object) $document]);
        $answer = json_decode(fgets(STDIN), true);
        if (!isset($answer['error'])) return $answer['result'];
        $why = $answer['error']['message'];
        match ($answer['error']['code']) {
            -32001 => throw new Refused($why),
            -32002 => throw new Later($why),
            -32003 => throw new Unknown($why),
            default => throw new Exception($why),
        };
    }

    public function log(string $line, string $level = 'info'): void { $this->ask('log.write', ['level' => $level, 'line' => $line]); }
    public function secret(string $name): string { return $this->ask('secret.get', ['name' => $name])['value']; }
    public function now_us(): int { return $this->ask('time.now')['now_us']; }
    public function put(string $key, string $value): void { $this->ask('state.put', ['key' => $key, 'value' => $value]); }
    public function get(string $key): ?string
    {
        try {
            return $this->ask('state.get', ['key' => $key])['value'];
        } catch (Unknown) {
            return null;
        }
    }
}

function say(array $message): void
{
    $flags = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE;
    fwrite(STDOUT, json_encode(['jsonrpc' => '2.0'] + $message, $flags) . "\n");
    fflush(STDOUT);
}

function call_plugin(object $plugin, string $method, array $document): array|object
{
    switch ($method) {
        case 'channel.poll':
            return ['reports' => $plugin->poll($document['limit'] ?? 100), 'more' => false];
        case 'channel.taken':
            $plugin->taken($document['answers'] ?? []);
            return (object) [];
        case 'connector.send':
            $plugin->send($document);
            return (object) [];
        case 'fact.answer':
            return ['value' => $plugin->answer($document['fact'] ?? '', $document['arguments'] ?? [])];
    }
    throw new Unknown('no such method: ' . $method);
}

// Answers the engine until it says stop. `$kind` is a class; it is made with an Engine.
function run(string $name, string $version, string $kind): void
{
    ini_set('display_errors', 'stderr');
    $has = ['poll' => 'pintu.channel/1', 'send' => 'pintu.connector/1', 'answer' => 'pintu.fact/1'];
    $extensions = array_values(array_filter($has, fn($method) => method_exists($kind, $method), ARRAY_FILTER_USE_KEY));
    $plugin = null;
    while (($line = fgets(STDIN)) !== false) {
        $request = json_decode($line, true);
        $method = $request['method'];
        $document = $request['params'] ?? [];
        try {
            if ($method === 'start') {
                $plugin = new $kind(new Engine($document));
                $result = ['name' => $name, 'version' => $version, 'extensions' => $extensions];
            } else {
                $result = $method === 'stop' ? (object) [] : call_plugin($plugin, $method, $document);
            }
            say(['id' => $request['id'], 'result' => $result]);
        } catch (Throwable $wrong) {
            say(['id' => $request['id'], 'error' => ['code' => $wrong->status ?? -32004, 'message' => $wrong->getMessage()]]);
        }
        if ($method === 'stop') return;
    }
}
