package cloud.wuye.bench;

import cloud.wuye.testing.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;

/**
 * From the start of the process to its first answer, as a replica starts: the database is up to date. Prints for each of
 * {@code -Dbench.rounds} starts the milliseconds to the first answer of {@code /q/health/live}, the seconds of CPU used until
 * then, and the resident megabytes ten seconds later.
 */
final class ColdBench {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private ColdBench() {}

    public static void main(String... arguments) {
        Ending.after(ColdBench::run);
    }

    private static int run() throws Exception {
        System.out.println("first_answer_ms  cpu_s  rss_mb");
        try (BenchPlant plant = new BenchPlant(Surroundings.find(), 1, 1)) {
            for (int i = 0; i < Integer.getInteger("bench.rounds", 5); i++) {
                long begun = System.nanoTime();
                try (ServiceProcess service = plant.begin()) {
                    while (!answers(service)) {
                        Thread.sleep(5);
                    }
                    double millis = (System.nanoTime() - begun) / 1e6;
                    double cpu = Cost.cpuSeconds(service.pid());
                    Thread.sleep(Duration.ofSeconds(10).toMillis());
                    System.out.printf(
                            Locale.ROOT, "%15.0f  %5.2f  %6.0f%n", millis, cpu, Cost.residentMb(service.pid()));
                }
            }
        }
        return 0;
    }

    private static boolean answers(ServiceProcess service) throws InterruptedException {
        try {
            HTTP.send(
                    HttpRequest.newBuilder(URI.create(service.url() + "/q/health/live"))
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
