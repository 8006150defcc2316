package dev.trackit.python.effects;

import dev.trackit.api.Effect;
import dev.trackit.api.Effect.Certainty;
import dev.trackit.python.knowledge.CallKnowledge;
import dev.trackit.python.knowledge.ClassKnowledge;
import dev.trackit.python.knowledge.ClassKnowledge.Trait;
import java.util.List;

/** {@code object.name}, read, written and deleted. */
final class Attributes {
    private final Machine m;

    Attributes(Machine machine) {
        this.m = machine;
    }

    Value load(Value base, String name) {
        Value result = Value.NOTHING;
        for (HeapObject o : base.objects()) {
            result = result.join(load(o, name));
        }
        return result.isNothing() ? m.unknown() : result;
    }

    private Value load(HeapObject o, String name) {
        Object payload = o.payload;
        if (payload instanceof Payload.Module module) {
            return m.imports.attribute(module, name);
        }
        if (payload instanceof Payload.LibraryName library) {
            return m.imports.below(library.qualifiedName(), name);
        }
        if (payload instanceof Payload.LibraryClass type) {
            return ofLibraryClass(type.type(), name);
        }
        if (payload instanceof Payload.Super s) {
            return m.userCalls.throughSuper(s, name);
        }
        if (!o.hidden.isEmpty()) {
            m.heap.readShallow(o);
            return Value.of(o);
        }
        if (payload instanceof Payload.Function f) {
            Value decorated = m.userCalls.ofDecorated(f, name);
            if (decorated != null) {
                return decorated;
            }
        }
        if (payload instanceof Payload.Instance && name.equals("__dict__")) {
            return m.specialCalls.attributesOf(Value.of(o));
        }
        if (payload instanceof Payload.Instance || payload instanceof Payload.UserClass) {
            Value own = m.userCalls.attribute(o, name);
            if (own != null) {
                return own;
            }
        }
        return ofLibraryObject(o, name);
    }

    private Value ofLibraryClass(ClassKnowledge type, String name) {
        CallKnowledge method = type.method(name);
        if (method == null) {
            method = type.attribute(name);
        }
        if (method == null) {
            method = type.unlisted();
        }
        return method == null
                ? m.unknown()
                : m.imports.function(new Payload.LibraryFunction(method, type.shortName() + "." + name, null));
    }

    private Value ofLibraryObject(HeapObject o, String name) {
        String key = "." + name;
        Value part = o.part(key);
        if (part != null && !part.isNothing()) {
            m.heap.readPart(o, key);
            return part;
        }
        Value patch = m.patched.get(name);
        if (patch != null) {
            m.log.add(Effect.Kind.READ, LibraryCalls.hiddenLocation("patched." + name), true);
            return m.userCalls.bindTo(patch, o);
        }
        CallKnowledge attribute = o.type.attribute(name);
        if (attribute != null) {
            return m.libraryCalls.attribute(attribute, o);
        }
        CallKnowledge method = o.type.method(name);
        if (method != null) {
            return m.imports.function(new Payload.LibraryFunction(method, o.type.shortName() + "." + name, o));
        }
        if (o.is(Trait.COLUMNS) && !name.startsWith("_")) {
            return m.subscripts.column(o, name);
        }
        if (!o.identity) {
            return m.scalar();
        }
        if (o.is(Trait.CONTAINER) && o.payload == null) {
            if (o.type == m.types.tuple && !o.elements.isNothing()) {
                m.heap.readShallow(o);
                return o.elements; // A named tuple's.
            }
            return m.scalar();
        }
        CallKnowledge item = o.type.item();
        if (item != null && o.isA("pandas.GroupBy") && !name.startsWith("_")) {
            return m.libraryCalls.apply(item, o, CallArguments.of(m.ofConstant(name)), null);
        }
        m.heap.readPart(o, key);
        m.heap.readShallow(o);
        return child(o, key);
    }

    /** A part of which nothing is known, made when it is first used, so that a change of it is seen as a change of the whole. */
    Value child(HeapObject o, String key) {
        if (o.type.unlisted() != null && o.is(Trait.IMMUTABLE)) {
            return m.scalar();
        }
        HeapObject child = m.heap.make(m.types.unknown);
        child.found = true;
        child.bornIn = o.bornIn;
        m.heap.setPart(o, key, Value.of(child));
        return Value.of(child);
    }

    void store(HeapObject o, String name, Value value) {
        if (o.payload instanceof Payload.Module module) {
            m.imports.attributeChanged(module, name, value);
            return;
        }
        if (!o.hidden.isEmpty()) {
            m.heap.mutateContent(o, Certainty.SURE);
            return;
        }
        if (o.payload instanceof Payload.LibraryClass) {
            m.patched.put(name, value);
            m.log.add(Effect.Kind.WRITE, LibraryCalls.hiddenLocation("patched." + name), false);
            return;
        }
        HeapObject target = o.owner == null ? o : o.owner;
        CallKnowledge known = target.type.attribute(name);
        if (target.is(Trait.COLUMNS) || target.isA("pandas.Series")) {
            if (known == null && target.is(Trait.COLUMNS) && target.type.method(name) == null) {
                m.heap.writePart(target, Subscripts.stringPart(name), Value.NOTHING);
                m.steps.columnsWritten(target, List.of(name));
                return;
            }
            if (known == null && target.type.method(name) == null && !target.is(Trait.COLUMNS)) {
                m.heap.mutateContent(target, Certainty.SURE); // An item, by its label.
                return;
            }
            Shapes.Shape before = Shapes.Shape.of(target);
            m.heap.mutateWhole(target, Certainty.SURE);
            if (name.equals("index")) {
                before.put(target);
                target.index = null;
            }
            if (name.equals("columns")) {
                target.laidOut = true;
                target.rows = before.rows();
                target.columns = m.subscripts.strings(value);
                m.steps.renamed(target);
            }
            return;
        }
        if (target.isA("numpy.ndarray") || known != null && target.payload == null) {
            m.heap.mutateContent(target, Certainty.SURE);
            return;
        }
        if (target.payload instanceof Payload.Instance && m.userCalls.setProperty(target, name, value)) {
            return;
        }
        m.heap.writePart(target, "." + name, value);
    }

    void delete(HeapObject o, String name) {
        if (o.is(Trait.COLUMNS)) {
            m.heap.deletePart(o, Subscripts.stringPart(name));
        } else {
            m.heap.deletePart(o, "." + name);
        }
    }
}
