/*
Briefer's side of citeproc-js. Loaded before citeproc.js, whose file stays as it is; every function takes and
returns plain data, which travels as JSON. See briefer/citing/engine.py.
*/
"use strict";

var module = {};

var Briefer = (function () {
    var opened = {};

    /* Note for which items a day of access was written; nothing else tells what the style made of it. */
    function noteAccess() {
        var original = CSL.Node.date.build;
        CSL.Node.date.build = function (state, target) {
            original.call(this, state, target);
            if (this.tokentype !== CSL.END && !state.build.extension && this.variables[0] === "accessed") {
                this.execs.push(function (state, Item) {
                    if (!state.tmp.just_looking && Item.accessed) {
                        state.accessTold = state.accessTold || {};
                        state.accessTold[state.tmp.area + " " + Item.id] = true;
                    }
                });
            }
        };
    }

    /* A date that is only words is not a year: «spring term年» would be neither. */
    function leaveWordsOfDates() {
        var original = CSL.Node["date-part"].build;
        CSL.Node["date-part"].build = function (state, target) {
            original.call(this, state, target);
            if (this.strings.name === "year" && this.strings.suffix === "年") {
                this.execs = this.execs.map(function (write) {
                    return function (state, Item) {
                        var words = state.tmp.date_object && state.tmp.date_object.literal;
                        this.strings.suffix = words ? "" : "年";
                        return write.call(this, state, Item);
                    };
                });
            }
        };
    }

    function begin() {
        noteAccess();
        leaveWordsOfDates();
    }

    /* spec: {style, locales, language, force, options, bracketed, languages} */
    function open(handle, spec) {
        var items = {};
        var sys = {
            retrieveItem: function (id) { return items[id]; },
            retrieveLocale: function (language) {
                return spec.locales[language] || spec.locales["en-US"];
            }
        };
        if (spec.bracketed) {
            sys.variableWrapper = bracketed;
        }
        var engine = new CSL.Engine(sys, spec.style, spec.language, spec.force);
        Object.keys(spec.options).forEach(function (name) {
            engine.opt.development_extensions[name] = spec.options[name];
        });
        // An id stands for one item for good, so that an item need not be read anew for each citation.
        engine.retrieveItem = function (id) {
            return engine.registry.refhash[id] || CSL.Engine.prototype.retrieveItem.call(engine, id);
        };
        if (typeof Quicker !== "undefined") {
            Quicker.prepare(engine, spec.style);
        }
        if (spec.readings) {
            engine.setLangTagsForCslSort([spec.readings]);
        }
        opened[handle] = {
            engine: engine,
            items: items,
            read: {},
            written: {},
            numbers: spec.style.indexOf("first-reference-note-number") > -1,
            containers: spec.style.indexOf("first-container-reference-note-number") > -1,
            nears: spec.style.indexOf("near-note") > -1,
            lists: {}
        };
        return { "class": engine.opt.xclass, language: engine.opt.lang };
    }

    function close(handle) {
        delete opened[handle];
    }

    /* A date that is not sure stands in brackets where the style itself does not tell it from others. */
    function bracketed(params, before, text, after) {
        var date = params.variableNames.length && params.itemData[params.variableNames[0]];
        return before + (date && date.circa ? "[" + text + "]" : text) + after;
    }

    function add(handle, items) {
        items.forEach(function (item) { opened[handle].items[item.id] = item; });
    }

    function registered(engine, ids) {
        return ids.map(function (id) { return engine.registry.registry[id]; });
    }

    /* What the order of the cites in a citation hangs on, besides the cites: letters after years, numbers. */
    function orderState(engine, citation) {
        if (!engine.citation_sort.tokens.length || citation.citationItems.length < 2) {
            return "";
        }
        return citation.citationItems.map(function (cite) {
            var entry = engine.registry.registry["" + cite.id];
            return entry.disambig.year_suffix + (engine.opt.update_mode === CSL.NUMERIC ? " " + entry.seq : "");
        }).join();
    }

    /* Fill in sortedItems, for citations that are as they were from what was found then. */
    function readCites(desk, citations, ids) {
        var engine = desk.engine;
        var read = {};
        var keys = citations.map(function (citation) {
            return JSON.stringify(citation.citationItems) + orderState(engine, citation);
        });
        var unread = citations.filter(function (citation, i) {
            var cites = desk.read[keys[i]];
            if (!cites) {
                return true;
            }
            citation.sortedItems = cites.map(function (cite) {
                return [engine.retrieveItem("" + cite.id), Object.assign({}, cite)];
            });
            return false;
        });
        sortCites(engine, unread, ids);
        citations.forEach(function (citation, i) {
            read[keys[i]] = desk.read[keys[i]] || citation.sortedItems.map(function (pair) {
                return Object.assign({}, pair[1]);
            });
        });
        desk.read = read;
    }

    /* Each citation by itself, without writing it or telling its sources apart anew. */
    function sortCites(engine, citations, ids) {
        var counts = registered(engine, ids).map(function (entry) { return entry["citation-count"]; });
        engine.process_CitationCluster = function () { return ""; };
        engine.disambiguate.run = function () {};
        try {
            citations.forEach(function (citation) {
                engine.processCitationCluster(citation, [], [], CSL.ASSUME_ALL_ITEMS_REGISTERED);
            });
        } finally {
            delete engine.process_CitationCluster;
            delete engine.disambiguate.run;
        }
        registered(engine, ids).forEach(function (entry, i) { entry["citation-count"] = counts[i]; });
    }

    /* Find positions (first, ibid, subsequent) of all cites in one pass, without writing. */
    function placeCites(engine, citations) {
        var last = citations[citations.length - 1];
        var before = citations.slice(0, -1);
        var unsorted = before.map(function (citation) { return citation.properties.unsorted; });
        before.forEach(function (citation) {
            engine.registry.citationreg.citationById[citation.citationID] = citation;
            citation.properties.unsorted = true;
        });
        var references = before.map(function (citation) {
            return [citation.citationID, citation.properties.noteIndex];
        });
        engine.process_CitationCluster = function () { return ""; };
        try {
            engine.processCitationCluster(last, references, [], CSL.ASSUME_ALL_ITEMS_REGISTERED);
        } finally {
            delete engine.process_CitationCluster;
        }
        before.forEach(function (citation, i) { citation.properties.unsorted = unsorted[i]; });
    }

    function isAlike(engine, entry) {
        return (engine.registry.ambigcites[entry.ambig] || []).length > 1;
    }

    /* What was found to tell a source from others; what else is noted there is read by nothing. */
    function tellingOf(engine, entry) {
        var found = isAlike(engine, entry) && entry.disambig;
        return found && [found.names, found.givens, found.year_suffix, found.disambiguate];
    }

    /* All that the text of a citation depends on besides style and items: equal keys, equal texts. */
    function keyOf(desk, citation) {
        var engine = desk.engine;
        var cites = citation.sortedItems.map(function (pair) {
            var entry = engine.registry.registry[pair[0].id];
            var cite = pair[1];
            return [
                cite.id, cite.locator, cite.label, cite.prefix, cite.suffix,
                cite["suppress-author"], cite["author-only"],
                cite.position, desk.nears && cite["near-note"], desk.numbers && cite["first-reference-note-number"],
                desk.containers && cite["first-container-reference-note-number"],
                tellingOf(engine, entry), entry["citation-count"] > 1,
                engine.opt.update_mode === CSL.NUMERIC && entry.seq
            ];
        });
        var properties = citation.properties;
        return JSON.stringify([cites, properties.mode, properties.prefix, properties.suffix, properties.infix]);
    }

    function write(desk, citation) {
        var tmp = desk.engine.tmp;
        tmp.citation_pos = citation.properties.index;
        tmp.citation_note_index = citation.properties.noteIndex;
        tmp.citation_id = citation.citationID;
        tmp.citation_errors = [];
        return desk.engine.process_CitationCluster(citation.sortedItems, citation);
    }

    /* Ids in the order in which they are first cited; Object.keys would put numbers first. */
    function inOrder(citations) {
        var seen = {};
        var ids = [];
        citations.forEach(function (citation) {
            citation.citationItems.forEach(function (cite) {
                if (!seen["" + cite.id]) {
                    seen["" + cite.id] = true;
                    ids.push("" + cite.id);
                }
            });
        });
        return ids;
    }

    /*
    Sources with equal sort keys stand in the order in which they are cited; those that the registry had already
    stay where they were. Whether some would stand otherwise had the document been formatted from cold.
    */
    function isOutOfOrder(engine, ids) {
        var place = {};
        ids.forEach(function (id, i) { place[id] = i; });
        var compare = engine.registry.sorter.compareKeys;
        return engine.registry.reflist.some(function (entry, i, list) {
            var before = list[i - 1];
            if (!before || place[before.id] < place[entry.id]) {
                return false;
            }
            var seqs = [before.seq, entry.seq];
            before.seq = entry.seq = 0;
            var tied = compare(before, entry) === 0;
            before.seq = seqs[0];
            entry.seq = seqs[1];
            return tied;
        });
    }

    /*
    Format a whole document. citations: [{citationItems, properties}] in its order; uncited: ids of items that
    stand in the source list only. Returns the texts and how many of them had to be written anew.
    */
    function format(handle, citations, uncited, again) {
        var desk = opened[handle];
        var engine = desk.engine;
        var cited = {};
        citations.forEach(function (citation, index) {
            citation.citationID = "c" + index;
            citation.citationItems.forEach(function (cite) {
                var having = cited["" + cite.id] = cited["" + cite.id] || [];
                if (having[having.length - 1] !== citation) {
                    having.push(citation);
                }
            });
        });
        var ids = Object.keys(cited);
        // Before the items, whose registration looks up the number of the first note.
        engine.registry.citationreg.citationsByItemId = cited;
        var order = inOrder(citations);
        // It adds to the list that it is given.
        engine.updateItems(order.slice());
        if (citations.length) {
            readCites(desk, citations, ids);
            placeCites(engine, citations);
        }
        var others = uncited.filter(function (id) { return !cited[id]; });
        engine.updateUncitedItems(others);
        if (!again && isOutOfOrder(engine, order.concat(others))) {
            engine.updateUncitedItems([]);
            engine.updateItems([]);
            return format(handle, citations, uncited, true);
        }
        var kept = {};
        var anew = 0;
        var texts = citations.map(function (citation) {
            var key = keyOf(desk, citation);
            if (kept[key] === undefined) {
                kept[key] = desk.written[key];
                if (kept[key] === undefined) {
                    kept[key] = write(desk, citation);
                    anew += 1;
                }
            }
            return kept[key];
        });
        // Writing notes down how many names were needed; the next time finds the texts by what is noted then.
        if (anew) {
            citations.forEach(function (citation, i) { kept[keyOf(desk, citation)] = texts[i]; });
        }
        desk.written = kept;
        return { texts: texts, anew: anew };
    }

    /*
    Entries with the ids of their items. Some styles leave an entry empty, personal communications for one;
    citeproc-js then gives the id without an entry, and only asking for each alone tells which it was.
    */
    function listOf(engine, frame, entries) {
        var ids = frame.entry_ids.map(function (ofEntry) { return ofEntry[0]; });
        if (ids.length !== entries.length) {
            ids = ids.filter(function (id) {
                return engine.makeBibliography({ include: [{ field: "id", value: id }] })[1].length;
            });
        }
        return { start: frame.bibstart, end: frame.bibend, entries: entries, ids: ids };
    }

    /* The source list of what was formatted last: null for a style without one. */
    function bibliography(handle, section) {
        var desk = opened[handle];
        var engine = desk.engine;
        var state = engine.registry.reflist.map(function (entry) {
            return [entry.id, tellingOf(engine, entry), entry.seq, desk.numbers && entry["first-reference-note-number"]];
        });
        var key = JSON.stringify(state);
        var part = JSON.stringify(section);
        if (!desk.lists[part] || desk.lists[part].key !== key) {
            var made = section ? engine.makeBibliography(section) : engine.makeBibliography();
            desk.lists[part] = { key: key, found: made ? listOf(engine, made[0], made[1]) : null };
        }
        return desk.lists[part].found;
    }

    /* Register items; a list for each time that the sources were changed. Returns ids as the style sorts them. */
    function register(handle, lists, unsorted) {
        return lists.map(function (ids) { return opened[handle].engine.updateItems(ids, unsorted); }).pop();
    }

    /* Citations by themselves, the position of each cite as given with it. */
    function alone(handle, clusters) {
        var engine = opened[handle].engine;
        return clusters.map(function (cites) { return engine.makeCitationCluster(cites); });
    }

    /* Those of the items whose entries (listed), or else citations, tell a day of access. */
    function accessed(handle, ids, listed) {
        var told = opened[handle].engine.accessTold || {};
        var area = listed ? "bibliography " : "citation ";
        return ids.filter(function (id) { return told[area + id]; });
    }

    return { begin: begin, accessed: accessed, open: open, close: close, add: add, format: format, bibliography: bibliography,
             register: register, alone: alone };
}());
