package dev.trackit.benchmarks.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is asked for on the command line.
 *
 * @param rounds how often each workload runs with and without the agent
 * @param quick fewer rounds and shorter ones: three minutes in all
 * @param program how the {@code trackit} program is started
 * @param python a Python with ipykernel, jupyter_client and pandas
 * @param folder where the report goes
 * @param kernels how many kernels there are at once
 * @param cells how many cells each of them runs
 * @param seconds how long
 */
record BenchOptions(
        int rounds,
        List<Workload> workloads,
        boolean quick,
        List<String> program,
        String python,
        Path folder,
        int kernels,
        int cells,
        int seconds) {

    static BenchOptions parse(List<String> arguments) {
        int rounds = 0;
        boolean quick = false;
        List<Workload> workloads = List.of(Workload.values());
        List<String> program = List.of("./trackit");
        String python = "/usr/bin/python3";
        Path folder = Path.of("benchmarks", "target", "report");
        int kernels = 5;
        int cells = 40;
        int seconds = 60;
        for (int i = 0; i < arguments.size(); i += 2) {
            if (arguments.get(i).equals("--quick")) {
                quick = true;
                i--;
                continue;
            }
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(arguments.get(i) + " needs a value");
            }
            String value = arguments.get(i + 1);
            switch (arguments.get(i)) {
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--workloads" -> workloads = workloads(value);
                case "--trackit" -> program = List.of(value.split(" "));
                case "--python" -> python = value;
                case "--out" -> folder = Path.of(value);
                case "--kernels" -> kernels = Integer.parseInt(value);
                case "--cells" -> cells = Integer.parseInt(value);
                case "--seconds" -> seconds = Integer.parseInt(value);
                default -> throw new IllegalArgumentException("No option " + arguments.get(i));
            }
        }
        if (rounds == 0) {
            rounds = quick ? 2 : 6;
        }
        return new BenchOptions(rounds, workloads, quick, absolute(program), python, folder, kernels, cells, seconds);
    }

    private static List<Workload> workloads(String names) {
        List<Workload> workloads = new ArrayList<>();
        for (String name : names.split(",")) {
            workloads.add(Workload.valueOf(name.toUpperCase(Locale.ROOT)));
        }
        return workloads;
    }

    /** The program runs in another folder than this one. */
    private static List<String> absolute(List<String> program) {
        List<String> absolute = new ArrayList<>(program);
        if (absolute.get(0).contains("/")) {
            absolute.set(
                    0, Path.of(absolute.get(0)).toAbsolutePath().normalize().toString());
        }
        return absolute;
    }
}
