package dev.trackit.python.effects;

import dev.trackit.python.knowledge.ClassKnowledge;
import dev.trackit.python.knowledge.Knowledge;
import java.math.BigInteger;
import java.util.List;

/** The classes that the interpreter itself must know. */
final class Types {
    final ClassKnowledge unknown;
    final ClassKnowledge scalar;
    final ClassKnowledge none;
    final ClassKnowledge bool;
    final ClassKnowledge integer;
    final ClassKnowledge number;
    final ClassKnowledge string;
    final ClassKnowledge bytes;
    final ClassKnowledge list;
    final ClassKnowledge tuple;
    final ClassKnowledge dict;
    final ClassKnowledge set;
    final ClassKnowledge iterator;
    final ClassKnowledge function;
    final ClassKnowledge userClass;
    final ClassKnowledge instance;
    final ClassKnowledge module;
    final ClassKnowledge file;
    final ClassKnowledge path;
    final ClassKnowledge frame;
    final ClassKnowledge series;
    final ClassKnowledge array;
    final ClassKnowledge figure;
    final ClassKnowledge axes;

    /** What is most often met where the type of an object is not known. */
    final List<ClassKnowledge> ofData;

    final HeapObject scalarObject;
    final HeapObject noneObject;
    final HeapObject boolObject;
    final HeapObject intObject;
    final HeapObject stringObject;

    Types(Knowledge k) {
        unknown = k.requireType("builtins.unknown");
        scalar = k.requireType("builtins.scalar");
        none = k.requireType("builtins.NoneType");
        bool = k.requireType("builtins.bool");
        integer = k.requireType("builtins.int");
        number = k.requireType("builtins.float");
        string = k.requireType("builtins.str");
        bytes = k.requireType("builtins.bytes");
        list = k.requireType("builtins.list");
        tuple = k.requireType("builtins.tuple");
        dict = k.requireType("builtins.dict");
        set = k.requireType("builtins.set");
        iterator = k.requireType("builtins.iterator");
        function = k.requireType("builtins.function");
        userClass = k.requireType("builtins.type");
        instance = k.requireType("builtins.object");
        module = k.requireType("builtins.module");
        file = k.requireType("builtins.file");
        path = k.requireType("pathlib.Path");
        frame = k.requireType("pandas.DataFrame");
        series = k.requireType("pandas.Series");
        array = k.requireType("numpy.ndarray");
        figure = k.requireType("matplotlib.Figure");
        axes = k.requireType("matplotlib.Axes");
        ofData = List.of(frame, series, array, string, k.requireType("sklearn.Estimator"));
        scalarObject = flyweight(scalar);
        noneObject = new HeapObject(0, none, false, 0, HeapObject.NONE);
        boolObject = flyweight(bool);
        intObject = flyweight(integer);
        stringObject = flyweight(string);
    }

    private static HeapObject flyweight(ClassKnowledge type) {
        return new HeapObject(0, type, false, 0, null);
    }

    ClassKnowledge ofConstant(Object constant) {
        if (constant instanceof String) {
            return string;
        }
        if (constant instanceof Boolean) {
            return bool;
        }
        if (constant instanceof Long || constant instanceof BigInteger) {
            return integer;
        }
        if (constant instanceof Double) {
            return number;
        }
        return constant == HeapObject.NONE ? none : scalar;
    }
}
