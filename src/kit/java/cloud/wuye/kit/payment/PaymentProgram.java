package cloud.wuye.kit.payment;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The payment simulator as a program of its own: see {@code --help}. The kit starts it by itself. */
public final class PaymentProgram {
    private static final int FAILED = 3;
    private static final String HELP =
            """
            Speaks WeChat Pay's API v3 on 127.0.0.1, until it is ended.

              --port <port>              18090 by default; 0 takes any free port
              --dir <directory>          where keys and merchants stay (default .wuye/payment)
              --refund-delay <millis>    after that a refund is done and told (default 2000; -1: only when told to)
              --help                     prints this

            Orders to it are POSTed as JSON to /_control/...: docs/reference/payment-simulator.md.
            """;
    private static final List<Duration> REPETITIONS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(3));

    private PaymentProgram() {}

    public static void main(String... arguments) throws InterruptedException {
        PrintStream report = System.out;
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!List.of("--port", "--dir", "--refund-delay").contains(arguments[i]) || i + 1 == arguments.length) {
                report.print(HELP);
                System.exit(arguments[i].equals("--help") ? 0 : FAILED);
            }
            given.put(arguments[i], arguments[i + 1]);
        }
        long delay = Long.parseLong(given.getOrDefault("--refund-delay", "2000"));
        PaymentSimulator simulator = PaymentSimulator.start(
                Integer.parseInt(given.getOrDefault("--port", "18090")),
                Path.of(given.getOrDefault("--dir", ".wuye/payment")),
                REPETITIONS,
                delay < 0 ? null : Duration.ofMillis(delay));
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "payment-stop"));
        report.println("payment simulator at " + simulator.url());
        new CountDownLatch(1).await();
    }
}
