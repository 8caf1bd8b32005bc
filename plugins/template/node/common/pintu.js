// The engine's side of a Pintu plugin in Node: JSON-RPC 2.0, one object a line, on standard input and
// output. console.log goes to the plugin's log. docs/plugin-documents.md has the documents.
'use strict';
const fs = require('fs');

class Failure extends Error {
    constructor(code, why) { super(why); this.code = code; }
}
class Refused extends Failure { constructor(why) { super(-32001, why); } }  // never will work
class Later extends Failure { constructor(why) { super(-32002, why); } }    // the same again may work
class Unknown extends Failure { constructor(why) { super(-32003, why); } }  // no such thing

let rest = Buffer.alloc(0);

// One line of standard input; null at its end.
function nextLine() {
    const pieces = [rest];
    const piece = Buffer.alloc(1 << 16);
    let end = rest.indexOf(10);
    while (end < 0) {
        let read;
        try {
            read = fs.readSync(0, piece, 0, piece.length, null);
        } catch (wrong) {
            if (wrong.code === 'EAGAIN') continue;
            if (wrong.code === 'EOF') return null;
            throw wrong;
        }
        if (read === 0) return null;
        pieces.push(Buffer.from(piece.subarray(0, read)));
        end = pieces[pieces.length - 1].indexOf(10);
    }
    const all = Buffer.concat(pieces);
    end = all.indexOf(10);
    rest = all.subarray(end + 1);
    return all.subarray(0, end).toString('utf8');
}

function say(message) {
    const bytes = Buffer.from(JSON.stringify({jsonrpc: '2.0', ...message}) + '\n');
    for (let at = 0; at < bytes.length;) {
        try {
            at += fs.writeSync(1, bytes, at);
        } catch (wrong) {
            if (wrong.code !== 'EAGAIN') throw wrong;
        }
    }
}

// What a plugin may ask, while it is being called.
class Engine {
    constructor(start) { this.config = start.config; this.id = 0; }

    ask(method, document = {}) {
        say({id: 'p' + ++this.id, method, params: document});
        const answer = JSON.parse(nextLine());
        if (answer.error) throw new Failure(answer.error.code, answer.error.message);
        return answer.result;
    }
    log(line, level = 'info') { this.ask('log.write', {level, line}); }
    secret(name) { return this.ask('secret.get', {name}).value; }
    nowUs() { return this.ask('time.now').now_us; }
    put(key, value) { this.ask('state.put', {key, value}); }
    get(key) {
        try {
            return this.ask('state.get', {key}).value;
        } catch (wrong) {
            if (wrong.code === -32003) return null;
            throw wrong;
        }
    }
}

function call(plugin, method, document) {
    switch (method) {
        case 'channel.poll': return {reports: plugin.poll(document.limit ?? 100), more: false};
        case 'channel.taken': plugin.taken(document.answers ?? []); return {};
        case 'connector.send': plugin.send(document); return {};
        case 'fact.answer': return {value: plugin.answer(document.fact, document.arguments ?? {})};
    }
    throw new Unknown('no such method: ' + method);
}

// Answers the engine until it says stop. `Kind` is a class; it is made with an Engine.
function run(name, version, Kind) {
    console.log = console.error;
    const has = {poll: 'pintu.channel/1', send: 'pintu.connector/1', answer: 'pintu.fact/1'};
    const extensions = Object.keys(has).filter(m => m in Kind.prototype).map(m => has[m]);
    let plugin = null;
    for (let line = nextLine(); line !== null; line = nextLine()) {
        const request = JSON.parse(line);
        const document = request.params ?? {};
        try {
            let result = {};
            if (request.method === 'start') {
                plugin = new Kind(new Engine(document));
                result = {name, version, extensions};
            } else if (request.method !== 'stop') {
                result = call(plugin, request.method, document);
            }
            say({id: request.id, result});
        } catch (wrong) {
            const code = Number.isInteger(wrong.code) ? wrong.code : -32004;
            say({id: request.id, error: {code, message: String(wrong.message)}});
        }
        if (request.method === 'stop') return;
    }
}

module.exports = {run, Refused, Later, Unknown};
