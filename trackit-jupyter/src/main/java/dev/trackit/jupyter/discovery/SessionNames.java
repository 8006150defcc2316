package dev.trackit.jupyter.discovery;

import java.util.regex.Pattern;

/** What front ends write where the notebook's path belongs. */
final class SessionNames {
    /** VS Code asks a server for a session under the notebook's name, a mark and a random id. */
    private static final Pattern VS_CODE = Pattern.compile("-jvsc-[0-9a-fA-F-]{8,}(?=\\.ipynb$|$)");

    private SessionNames() {}

    /** The notebook's path in such a name. */
    static String file(String name) {
        String file = VS_CODE.matcher(name).replaceFirst("");
        return file.equals(name) || file.endsWith(".ipynb") ? file : file + ".ipynb";
    }
}
