package dev.trackit.runner.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The raw data of the demonstration, with the faults that raw data has; the same in each run. */
final class SampleData {
    private static final int CUSTOMERS = 60;
    private static final int ORDERS = 300;
    private static final List<String> COUNTRIES = List.of("DE", " de", "FR", "fr ", "IT", "it");
    private static final List<String> PLANS = List.of("basic", "basic", "plus", "pro");

    private SampleData() {}

    /** Writes {@code raw/customers.csv} and {@code raw/orders.csv} below a folder. */
    static void write(Path folder) throws IOException {
        Path raw = Files.createDirectories(folder.resolve("raw"));
        Files.writeString(raw.resolve("customers.csv"), customers(), StandardCharsets.UTF_8);
        Files.writeString(raw.resolve("orders.csv"), orders(), StandardCharsets.UTF_8);
    }

    private static String customers() {
        Random random = new Random(7);
        StringBuilder csv = new StringBuilder("customer,age,country,plan\n");
        for (int i = 1; i <= CUSTOMERS; i++) {
            String age = random.nextInt(5) == 0 ? "" : String.valueOf(18 + random.nextInt(60));
            csv.append("C%03d,%s,%s,%s%n"
                    .formatted(i, age, pick(COUNTRIES, random), pick(PLANS, random))
                    .replace("\r", ""));
        }
        return csv.toString();
    }

    private static String orders() {
        Random random = new Random(11);
        StringBuilder csv = new StringBuilder("order,customer,day,amount\n");
        LocalDate first = LocalDate.of(2026, 1, 1);
        for (int i = 1; i <= ORDERS; i++) {
            String amount = String.format(Locale.ROOT, "%d,%02d EUR", 5 + random.nextInt(195), random.nextInt(100));
            csv.append(String.format(
                    Locale.ROOT,
                    "%d,C%03d,%s,\"%s\"\n",
                    1000 + i,
                    1 + random.nextInt(CUSTOMERS),
                    first.plusDays(random.nextInt(180)),
                    amount));
        }
        return csv.toString();
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
