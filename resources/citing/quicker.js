/*
What makes citeproc-js quicker without changing what it writes, laid around its file. Loaded after it;
Quicker.begin() puts it in place. benchmarks/csl_suite.py --by-itself shows that no text changes by it.
*/
"use strict";

var Quicker = (function () {
    var sortMacros = "\u0000sort ";

    /*
    In a list of sort keys citeproc-js writes out each macro at each call, macros in macros: 179,709 tokens
    for the Chicago style of 2025. Here a macro is built once for each list, as it is for citations anyway.
    */
    function cacheMacrosOfSortKeys() {
        var original = CSL.expandMacro;
        CSL.expandMacro = function (token, target) {
            var build = this.build;
            if (!build.extension) {
                return original.call(this, token, target);
            }
            var state = this;
            var name = token.postponed_macro;
            var key = sortMacros + build.root + " " + build.current_default_locale + " " + name;
            var direction = token.strings.sort_direction;
            if (!this.macros[key]) {
                if (build.macro_stack.indexOf(key) > -1) {
                    CSL.error("macro \"" + name + "\" calls itself");
                }
                var found = { tokens: [] };
                var dates = build.date_key;
                var list = this[build.root + build.extension];
                var tokens = list.tokens;
                build.macro_stack.push(key);
                build.date_key = false;
                list.tokens = found.tokens;
                try {
                    original.call(this, token, found.tokens);
                } finally {
                    list.tokens = tokens;
                    build.macro_stack.pop();
                }
                this.configureTokenList(found.tokens);
                found.dates = build.date_key;
                build.date_key = dates;
                this.macros[key] = found;
            }
            var macro = this.macros[key];
            build.date_key = build.date_key || macro.dates;
            var call = new CSL.Token("text", CSL.SINGLETON);
            call.strings.sort_direction = direction;
            call.execs.push(function (state, Item, item) {
                var next = 0;
                while (next < macro.tokens.length) {
                    next = CSL.tokenExec.call(state, macro.tokens[next], Item, item);
                }
            });
            target.push(call);
        };
    }

    /* Macros are looked up by walking the whole style: once is enough. */
    function indexMacros() {
        var original = CSL.XmlJSON.prototype.getNodesByName;
        CSL.XmlJSON.prototype.getNodesByName = function (node, name, value, found) {
            if (name !== "macro" || !value || found || node !== this.dataObj) {
                return original.call(this, node, name, value, found);
            }
            if (!this.macroIndex) {
                this.macroIndex = {};
                original.call(this, node, "macro").forEach(function (macro) {
                    (this.macroIndex[macro.attrs.name] = this.macroIndex[macro.attrs.name] || []).push(macro);
                }, this);
            }
            return this.macroIndex[value] || [];
        };
    }

    /* A source that is like no other is looked at for nothing: there is nothing to tell it from. */
    function skipLoneSources() {
        var original = CSL.Disambiguation.prototype.run;
        CSL.Disambiguation.prototype.run = function (key) {
            var alike = this.ambigcites[key];
            if (alike && alike.length > 1) {
                original.call(this, key);
            }
        };
    }

    /* The innermost loop: a test says where to go on, actions are done and may say otherwise. */
    function stepWithoutClosures() {
        CSL.tokenExec = function (token, Item, item) {
            var next = token.next;
            if (token.test) {
                if (token.test(Item, item)) {
                    this.tmp.jump.replace("succeed");
                    next = token.succeed;
                } else {
                    this.tmp.jump.replace("fail");
                    next = token.fail;
                }
            }
            var actions = token.execs;
            for (var i = 0; i < actions.length; i += 1) {
                next = actions[i].call(token, this, Item, item) || next;
            }
            return next;
        };
        CSL.Stack.prototype.value = function () {
            return this.mystack[this.mystack.length - 1];
        };
    }

    /* Text without markup and quotation marks stays as it is; each such text is looked through once. */
    function rememberPlainTexts() {
        var original = CSL.Util.FlipFlopper;
        CSL.Util.FlipFlopper = function (state) {
            original.call(this, state);
            var process = this.processTags;
            var plain = new Set();
            this.processTags = function (blob) {
                var text = blob.blobs;
                if (!plain.has(text)) {
                    process.call(this, blob);
                    if (blob.blobs === text) {
                        plain.add(text);
                    }
                }
            };
        };
    }

    /* One collator for all comparisons; String.prototype.localeCompare makes one for each. Small letters once. */
    function collateOnce() {
        var options = { sensitivity: "base", ignorePunctuation: true, numeric: true };
        CSL.getSortCompare = function (language) {
            var state = this;
            var collator = new Intl.Collator(language || "en-US", options);
            var small = new Map();
            function lowered(text) {
                var key = state.tmp.lang_array + "\u0000" + text;
                if (!small.has(key)) {
                    small.set(key, CSL.toLocaleLowerCase.call(state, text));
                }
                return small.get(key);
            }
            function compare(a, b) { return collator.compare(lowered(a), lowered(b)); }
            if (!compare("[x", "x")) {
                return compare;
            }
            function bare(text) { return text.replace(/^[\[\]'"]*/g, ""); }
            return function (a, b) { return compare(bare(a), bare(b)); };
        };
    }

    /* The steps that write one sort key: those of its own, in their places. */
    function stepsOfKeys(tokens) {
        var steps = [];
        var start = 0;
        tokens.forEach(function (token, i) {
            if (token.name === "key" && token.tokentype === CSL.END) {
                var own = tokens.slice(0, i + 1);
                if (start) {
                    own[0] = { name: "key", execs: [], next: start };
                }
                steps.push(own);
                start = i + 1;
            }
        });
        return steps;
    }

    /*
    The second key of a source is only asked for where another source has the same first one. Each is written
    when it is asked for, as if it had been with the first.
    */
    function writeSortKeysWhenAsked() {
        var original = CSL.getSortKeys;
        function Keys(state, Item) {
            var entry = state.registry.registry[Item.id];
            this.state = state;
            this.Item = Item;
            this.disambig = CSL.cloneAmbigConfig(entry.disambig);
            this.found = [];
            this.length = state.keySteps.length;
        }
        Keys.prototype.at = function (i) {
            if (!(i in this.found)) {
                var area = this.state.bibliography_sort;
                var entry = this.state.registry.registry[this.Item.id];
                var tokens = area.tokens;
                var disambig = entry.disambig;
                area.tokens = this.state.keySteps[i];
                entry.disambig = this.disambig;
                try {
                    this.found[i] = original.call(this.state, this.Item, "bibliography_sort")[0];
                } finally {
                    area.tokens = tokens;
                    entry.disambig = disambig;
                }
            }
            return this.found[i];
        };
        for (var i = 0; i < 64; i += 1) {
            (function (i) {
                Object.defineProperty(Keys.prototype, i, { get: function () { return this.at(i); } });
            }(i));
        }
        CSL.getSortKeys = function (Item, area) {
            if (area !== "bibliography_sort" || !this.keySteps) {
                return original.call(this, Item, area);
            }
            return new Keys(this, Item);
        };
    }

    /* Sort keys that count sources depend on when they are written. */
    function prepare(engine, style) {
        var steps = stepsOfKeys(engine.bibliography_sort.tokens);
        if (steps.length > 1 && steps.length <= 64 && !/<key\b[^>]*citation-number/.test(style)) {
            engine.keySteps = steps;
        }
    }

    function begin() {
        cacheMacrosOfSortKeys();
        indexMacros();
        skipLoneSources();
        stepWithoutClosures();
        rememberPlainTexts();
        collateOnce();
        writeSortKeysWhenAsked();
    }

    return { begin: begin, prepare: prepare };
}());
