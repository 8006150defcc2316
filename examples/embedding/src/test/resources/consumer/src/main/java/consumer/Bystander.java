package consumer;

import dev.trackit.core.Trackit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Has TrackIT on its path, even asks for a builder, and starts nothing: prints what there is afterwards that was not there before. */
public final class Bystander {

    public static void main(String[] args) throws Exception {
        Set<String> threads = threads();
        Trackit.Builder builder = Trackit.builder().watchedFolder(Path.of("")).allKernels(true);
        Set<String> started = threads();
        started.removeAll(threads);
        System.out.println(builder == null ? "no builder" : "builder");
        System.out.println("threads " + started);
        Path open = Path.of("/proc/self/fd");
        if (Files.isDirectory(open)) {
            try (var descriptors = Files.list(open)) {
                System.out.println("sockets "
                        + descriptors.filter(Bystander::isSocket).count());
            }
        }
    }

    private static Set<String> threads() {
        Set<String> names = new TreeSet<>();
        Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
        return names;
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (java.io.IOException e) {
            // Closed meanwhile: the listing's own descriptor.
            return false;
        }
    }

    private Bystander() {}
}
