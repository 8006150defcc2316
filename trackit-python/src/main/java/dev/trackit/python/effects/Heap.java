package dev.trackit.python.effects;

import dev.trackit.api.Effect;
import dev.trackit.api.Effect.Certainty;
import dev.trackit.api.Location;
import dev.trackit.python.knowledge.ClassKnowledge;
import dev.trackit.python.knowledge.ClassKnowledge.Trait;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes, reads and changes abstract objects. A change is spread when it happens: over all that shares memory with the changed object,
 * and over all names from which it can be reached; so a read needs to look at the object alone.
 */
final class Heap {
    private final Map<Location, Location> places = new HashMap<>();
    private static final int DEEPEST = 8;
    private static final int MOST_REACHED = 400;

    private final Machine m;
    private int nextId = 1;

    /** What the running statement made. */
    final List<HeapObject> made = new ArrayList<>();

    /** Objects that the running execution changed. */
    final Set<HeapObject> changed = new LinkedHashSet<>();

    Heap(Machine machine) {
        this.m = machine;
    }

    // ---- making

    HeapObject make(ClassKnowledge type) {
        return make(type, !type.is(Trait.IMMUTABLE));
    }

    /** An object with a state that can change, though those of its class have none as a rule. */
    HeapObject makeWithState(ClassKnowledge type) {
        return make(type, true);
    }

    private HeapObject make(ClassKnowledge type, boolean identity) {
        HeapObject o = new HeapObject(identity ? nextId++ : 0, type, identity, m.statement, null);
        if (identity) {
            o.changed = m.execution;
            o.bornIn = m.execution;
            if (made.size() < 4000) {
                made.add(o);
            }
        }
        return o;
    }

    Value makeValue(ClassKnowledge type) {
        return Value.of(make(type));
    }

    HeapObject constant(Object constant) {
        return new HeapObject(0, m.types.ofConstant(constant), false, m.statement, constant);
    }

    HeapObject path(String path) {
        return new HeapObject(0, m.types.path, false, m.statement, path);
    }

    HeapObject container(ClassKnowledge type, List<Value> items) {
        HeapObject o = make(type);
        o.items = new ArrayList<>(items);
        for (Value v : items) {
            o.elements = o.elements.join(v);
            link(o, v);
        }
        return o;
    }

    // ---- holding

    void link(HeapObject holder, Value held) {
        for (HeapObject o : held.objects()) {
            if (o.identity && o != holder) {
                o.addHolder(holder);
            }
        }
    }

    void addElement(HeapObject holder, Value value, boolean exactPlace) {
        holder.elements = holder.elements.join(value);
        link(holder, value);
        if (holder.items != null) {
            if (exactPlace && holder.items.size() < 200) {
                holder.items.add(value);
            } else {
                holder.items = null;
            }
        }
    }

    /** Puts a part in place without an effect. */
    void setPart(HeapObject holder, String key, Value value) {
        holder.partsForChange().put(key, value);
        link(holder, value);
    }

    // ---- naming

    static String objectKey(HeapObject o) {
        return "o" + o.id;
    }

    Location location(HeapObject o, String name) {
        if (!o.hidden.isEmpty()) {
            return new Location(Location.Kind.HIDDEN, "hidden:" + o.hidden, o.hidden, "");
        }
        return once(new Location(Location.Kind.OBJECT, objectKey(o), label(o, 0), name));
    }

    Location partLocation(HeapObject o, String part, String name) {
        if (!o.hidden.isEmpty()) {
            return location(o, name);
        }
        String label = part.equals(HeapObject.LAYOUT) ? label(o, 0) + "[…]" : label(o, 0) + part;
        return once(new Location(Location.Kind.PART, objectKey(o) + part, label, name));
    }

    /** What is kept of a session names the same places thousands of times: each is held once. */
    private Location once(Location location) {
        return places.computeIfAbsent(location, same -> same);
    }

    /** How a person would write the object. */
    String label(HeapObject o, int depth) {
        if (o.names != null && !o.names.isEmpty()) {
            return o.names.get(0);
        }
        HeapObject whole = wholeOf(o);
        if (whole != null && depth < 4) {
            return label(whole, depth + 1) + o.wholePart;
        }
        return o.type.shortName();
    }

    /** What the object is a part of, or was before this statement replaced it: {@code df["a"] = df["a"].fillna(0)} fills the column of before. */
    private @Nullable HeapObject wholeOf(HeapObject o) {
        return o.whole == null && o.cutOffBy == m.statement ? o.formerWhole : o.whole;
    }

    String nameOf(HeapObject o) {
        if (o.names != null && !o.names.isEmpty()) {
            return o.names.get(0);
        }
        HeapObject whole = wholeOf(o);
        return whole != null ? nameOf(whole) : "";
    }

    /** All top-level names from which the object can be reached. Forgets holders that hold it no more. */
    Set<String> namesReaching(HeapObject o) {
        Set<String> names = new LinkedHashSet<>();
        Set<HeapObject> seen = new HashSet<>();
        Deque<HeapObject> todo = new ArrayDeque<>();
        todo.add(o);
        seen.add(o);
        while (!todo.isEmpty() && seen.size() < MOST_REACHED) {
            HeapObject x = todo.poll();
            m.budget.step();
            if (x.names != null) {
                names.addAll(x.names);
            }
            List<HeapObject> holders = x.holders;
            if (holders == null) {
                continue;
            }
            holders.removeIf(h -> !h.holds(x));
            for (HeapObject h : holders) {
                if (seen.add(h)) {
                    todo.add(h);
                }
            }
        }
        return names;
    }

    /** Forgets holders from which no name can be reached any more, so that what is dead costs nothing later. */
    void prune(HeapObject o) {
        List<HeapObject> holders = o.holders;
        if (holders != null && holders.size() > 4) {
            holders.removeIf(h -> h.born != m.statement
                    && h.hidden.isEmpty()
                    && (!h.holds(o) || namesReaching(h).isEmpty()));
        }
    }

    /** Forgets views that no name leads to any more. */
    void pruneViews(HeapObject o) {
        List<HeapObject.View> views = o.views;
        if (views != null && views.size() > 16) {
            views.removeIf(v -> v.other().born != m.statement
                    && v.other().hidden.isEmpty()
                    && namesReaching(v.other()).isEmpty());
        }
    }

    // ---- reading

    /** Uses the whole value with all that it holds. */
    void readDeep(Value value) {
        for (HeapObject o : value.objects()) {
            readDeep(o, 0);
        }
    }

    private void readDeep(HeapObject o, int depth) {
        if (o.owner != null) {
            readDeep(o.owner, depth);
        }
        if (o.hidden.isEmpty() && !o.identity || o.readBy == m.statement || depth > DEEPEST) {
            return;
        }
        o.readBy = m.statement;
        m.budget.step();
        m.calls.force(o);
        readShallow(o);
        if (o.parts != null) {
            for (Map.Entry<String, Value> e : List.copyOf(o.parts.entrySet())) {
                if (o.born != m.statement) {
                    m.log.add(Effect.Kind.READ, partLocation(o, e.getKey(), nameOf(o)), o.changed != m.execution);
                }
                for (HeapObject child : e.getValue().objects()) {
                    readDeep(child, depth + 1);
                }
            }
        }
        for (HeapObject child : o.elements.objects()) {
            readDeep(child, depth + 1);
        }
    }

    /** Uses the object without its parts. */
    void readShallow(HeapObject o) {
        if (!o.hidden.isEmpty()) {
            m.log.add(Effect.Kind.READ, location(o, ""), true);
            return;
        }
        if (!o.identity || o.born == m.statement) {
            return;
        }
        boolean before = o.changed != m.execution;
        m.log.add(Effect.Kind.READ, location(o, nameOf(o)), before);
        if (o.laidOut) {
            m.log.add(Effect.Kind.READ, partLocation(o, HeapObject.LAYOUT, nameOf(o)), before);
        }
    }

    /** Uses one part, and of the rest only that the object is there. */
    void readPart(HeapObject o, String key) {
        if (!o.hidden.isEmpty()) {
            m.log.add(Effect.Kind.READ, location(o, ""), true);
            return;
        }
        if (!o.identity || o.born == m.statement) {
            return;
        }
        boolean before = o.changed != m.execution;
        m.log.add(Effect.Kind.READ, location(o, nameOf(o)), before);
        if (o.parts != null && o.parts.containsKey(key)) {
            m.log.add(Effect.Kind.READ, partLocation(o, key, nameOf(o)), before);
        }
    }

    // ---- changing

    /** Changes the content in place: whoever shares the memory sees it. */
    void mutateContent(HeapObject o, Certainty certainty) {
        spread(o, certainty, new IdentityHashMap<>());
    }

    private void spread(HeapObject o, Certainty certainty, IdentityHashMap<HeapObject, Certainty> seen) {
        Certainty old = seen.get(o);
        if (old != null && old.compareTo(certainty) <= 0 || seen.size() > 60) {
            return;
        }
        seen.put(o, certainty);
        m.budget.step();
        if (o.owner != null) {
            spread(o.owner, certainty, seen);
            return;
        }
        change(o, certainty);
        if (o.views != null) {
            for (HeapObject.View v : List.copyOf(o.views)) {
                spread(v.other(), v.sure() ? certainty : Certainty.POSSIBLE, seen);
            }
        }
        if (o.whole != null) {
            wholeOfPartChanged(o.whole, o.wholePart, certainty, seen);
        }
        if (o.parts != null && o.is(Trait.COLUMNS)) {
            for (Value part : List.copyOf(o.parts.values())) {
                for (HeapObject child : part.objects()) {
                    if (child.whole == o) {
                        spread(child, certainty, seen);
                    }
                }
            }
        }
    }

    private void wholeOfPartChanged(
            HeapObject whole, String part, Certainty certainty, IdentityHashMap<HeapObject, Certainty> seen) {
        if (seen.put(whole, certainty) != null) {
            return;
        }
        writeEffect(Effect.Kind.MUTATE, whole, part, certainty);
        if (whole.views != null) {
            for (HeapObject.View v : List.copyOf(whole.views)) {
                spread(v.other(), v.sure() ? certainty : Certainty.POSSIBLE, seen);
            }
        }
    }

    /** Changes the content of one part in place. */
    void mutatePart(HeapObject o, String key) {
        boolean known =
                o.parts != null && o.parts.containsKey(key) || o.columns != null && o.columns.contains(columnOf(key));
        if (!known) {
            o.laidOut = true;
            o.columns =
                    o.columns != null && m.log.certainty == Certainty.SURE ? append(o.columns, columnOf(key)) : null;
            writeEffect(Effect.Kind.MUTATE, o, HeapObject.LAYOUT, Certainty.SURE);
            o.partsForChange().put(key, Value.NOTHING);
        }
        o.partsForChange().putIfAbsent(key, Value.NOTHING);
        IdentityHashMap<HeapObject, Certainty> seen = new IdentityHashMap<>();
        wholeOfPartChanged(o, key, Certainty.SURE, seen);
        Value child = o.part(key);
        if (child != null) {
            for (HeapObject c : child.objects()) {
                spread(c, Certainty.SURE, seen);
            }
        }
    }

    /** Changes the object as a whole, not memory that it shares: rows dropped, a model fitted. Its parts are new ones. */
    void mutateWhole(HeapObject o, Certainty certainty) {
        if (o.owner != null) {
            mutateWhole(o.owner, certainty);
            return;
        }
        change(o, certainty);
        if (certainty != Certainty.POSSIBLE) {
            o.columns = null;
            o.rows = null;
            o.index = null;
        }
        if (o.parts != null
                && certainty == Certainty.SURE
                && m.log.certainty == Certainty.SURE
                && !o.is(Trait.CONTAINER)) {
            for (Map.Entry<String, Value> e : o.parts.entrySet()) {
                detach(o, e.getValue());
                e.setValue(Value.NOTHING);
            }
        }
    }

    /** The object is changed: an effect for it and each known part, for each name that leads to it. */
    private void change(HeapObject o, Certainty certainty) {
        if (!o.hidden.isEmpty()) {
            m.log.add(Effect.Kind.MUTATE, location(o, ""), certainty, true);
            return;
        }
        if (!o.identity) {
            return;
        }
        o.changed = m.execution;
        o.readBy = -1;
        if (o.born == m.statement && !o.found) {
            return;
        }
        changed.add(o);
        boolean older = o.bornIn != m.execution;
        prune(o);
        Set<String> names = namesReaching(o);
        if (names.isEmpty()) {
            m.log.add(Effect.Kind.MUTATE, location(o, ""), certainty, older);
        }
        for (String name : names) {
            m.log.add(Effect.Kind.MUTATE, location(o, name), certainty, older);
        }
        if (o.parts != null) {
            for (String key : o.parts.keySet()) {
                m.log.add(Effect.Kind.MUTATE, partLocation(o, key, nameOf(o)), certainty, older);
            }
        }
    }

    /** Puts a value at a part, hiding what was there. */
    void writePart(HeapObject o, String key, Value value) {
        HeapObject target = o.owner == null ? o : o.owner;
        if (!target.hidden.isEmpty()) {
            m.log.add(Effect.Kind.MUTATE, location(target, ""), Certainty.SURE, true);
            return;
        }
        if (!target.identity) {
            return;
        }
        boolean known = target.parts != null && target.parts.containsKey(key)
                || target.columns != null && target.columns.contains(columnOf(key));
        if (!known && !key.startsWith(".")) {
            target.laidOut = true;
            writeEffect(Effect.Kind.MUTATE, target, HeapObject.LAYOUT, Certainty.SURE);
            target.columns = target.columns != null && m.log.certainty == Certainty.SURE
                    ? append(target.columns, columnOf(key))
                    : null;
        }
        Value old = target.part(key);
        boolean sure = m.log.certainty == Certainty.SURE;
        if (old != null && sure) {
            detach(target, old);
        }
        setPart(target, key, old != null && !sure ? old.join(value) : value);
        writeEffect(sure ? Effect.Kind.WRITE : Effect.Kind.MUTATE, target, key, Certainty.SURE);
        viewsChanged(target);
    }

    /** A sheet of a workbook, an attribute table of a graph: what is stored in it is stored in the whole. Frames copy what is stored. */
    private void viewsChanged(HeapObject target) {
        if (target.views == null || target.is(Trait.COLUMNS)) {
            return;
        }
        IdentityHashMap<HeapObject, Certainty> seen = new IdentityHashMap<>();
        seen.put(target, Certainty.SURE);
        for (HeapObject.View v : List.copyOf(target.views)) {
            spread(v.other(), v.sure() ? Certainty.SURE : Certainty.POSSIBLE, seen);
        }
    }

    private static List<String> append(List<String> list, String last) {
        List<String> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }

    /** The column that a part is: {@code age} for {@code ["age"]}. */
    static String columnOf(String key) {
        return key.startsWith("[\"") && key.endsWith("\"]") ? key.substring(2, key.length() - 2) : key;
    }

    /** Removes a part. */
    void deletePart(HeapObject o, String key) {
        HeapObject target = o.owner == null ? o : o.owner;
        if (!target.identity) {
            return;
        }
        target.laidOut = true;
        writeEffect(Effect.Kind.MUTATE, target, HeapObject.LAYOUT, Certainty.SURE);
        Value old = target.part(key);
        if (old != null) {
            detach(target, old);
            target.partsForChange().put(key, Value.NOTHING);
            writeEffect(Effect.Kind.DELETE, target, key, Certainty.SURE);
        }
        if (target.columns != null) {
            List<String> fewer = new ArrayList<>(target.columns);
            fewer.remove(columnOf(key));
            target.columns = m.log.certainty == Certainty.SURE ? fewer : null;
        }
    }

    /** Cuts a column that was taken from a frame off from it. */
    void cutOff(HeapObject part) {
        HeapObject whole = part.whole;
        if (whole != null) {
            whole.partsForChange().put(part.wholePart, Value.NOTHING);
            detach(whole, Value.of(part));
        }
    }

    private void detach(HeapObject whole, Value children) {
        for (HeapObject child : children.objects()) {
            if (child.whole == whole) {
                child.whole = null;
                child.formerWhole = whole;
                child.cutOffBy = m.statement;
                if (child.holders != null) {
                    child.holders.remove(whole);
                }
            }
        }
    }

    /** An effect on one part, for each name that leads to the object. */
    void writeEffect(Effect.Kind kind, HeapObject o, String part, Certainty certainty) {
        o.changed = m.execution;
        o.readBy = -1;
        if (o.born == m.statement && !o.found) {
            return;
        }
        changed.add(o);
        boolean older = o.bornIn != m.execution;
        prune(o);
        Set<String> names = namesReaching(o);
        if (names.isEmpty()) {
            m.log.add(kind, partLocation(o, part, ""), certainty, older);
        }
        for (String name : names) {
            m.log.add(kind, partLocation(o, part, name), certainty, older);
        }
    }

    // ---- what a name stands for

    /** The locations that make up a value. */
    List<Location> content(Value value, String name) {
        List<Location> found = new ArrayList<>();
        Set<HeapObject> seen = new HashSet<>();
        for (HeapObject o : value.objects()) {
            content(o, name, 0, seen, found);
        }
        return found;
    }

    private void content(HeapObject o, String name, int depth, Set<HeapObject> seen, List<Location> found) {
        if (o.owner != null) {
            content(o.owner, name, depth, seen, found);
        }
        if (!o.identity || !o.hidden.isEmpty() || depth > DEEPEST || seen.size() > MOST_REACHED || !seen.add(o)) {
            return;
        }
        found.add(location(o, name));
        if (o.laidOut) {
            found.add(partLocation(o, HeapObject.LAYOUT, name));
        }
        if (o.parts != null) {
            for (Map.Entry<String, Value> e : o.parts.entrySet()) {
                found.add(partLocation(o, e.getKey(), name));
                for (HeapObject child : e.getValue().objects()) {
                    content(child, name, depth + 1, seen, found);
                }
            }
        }
        for (HeapObject child : o.elements.objects()) {
            content(child, name, depth + 1, seen, found);
        }
    }

    /** Says of what the statement made and left behind that it made it. */
    void announceMade() {
        for (HeapObject o : made) {
            if (o.owner == null
                    && o.hidden.isEmpty()
                    && !o.found
                    && !namesReaching(o).isEmpty()) {
                m.log.add(Effect.Kind.WRITE, location(o, nameOf(o)), Certainty.SURE, false);
            }
        }
        made.clear();
    }

    static @Nullable String typeName(Value value) {
        HeapObject o = value.single();
        return o == null ? null : o.type.name();
    }
}
