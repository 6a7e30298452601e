package cloud.wuye.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import org.awaitility.Awaitility;

/**
 * Billed ingest: from the publisher to committed, charged rows. The service on its own contract, in turns with the reference
 * program of a kit ({@code -Dbench.work}) on its bare message and on one as long as ours. For each run: messages a second to
 * the last commit, microseconds of CPU a message of ingester and PostgreSQL, delay from publishing to commit, memory, and
 * whether every message is there exactly once and charged.
 *
 * <p>{@code -Dbench.n} messages, {@code -Dbench.rounds}, {@code -Dbench.rate} (0: as fast as the broker acknowledges); {@code
 * -Dbench.devices} of each of the 200 companies, or several numbers such as {@code 5,50,500} to see what more devices cost.
 */
final class IngestBench {
    private static final int COMPANIES = 200;
    private static final int CONNECTIONS = 50;
    private static final int WINDOW = 20;
    private static final String MARKED = "SELECT count(*) FROM meter_balance WHERE rerate_from IS NOT NULL";

    private final Surroundings around;
    private final int devicesOfEach;
    private final int devices;
    private final long count = Long.getLong("bench.n", 50_000);
    private final int rounds = Integer.getInteger("bench.rounds", 3);
    private final double rate = Double.parseDouble(System.getProperty("bench.rate", "0"));
    private long round;

    private IngestBench(Surroundings around, int devicesOfEach) {
        this.around = around;
        this.devicesOfEach = devicesOfEach;
        this.devices = COMPANIES * devicesOfEach;
    }

    public static void main(String... arguments) {
        Ending.after(() -> {
            Surroundings around = Surroundings.find();
            for (String devices : System.getProperty("bench.devices", "50").split(",")) {
                new IngestBench(around, Integer.parseInt(devices)).run();
            }
            return 0;
        });
    }

    private void run() throws Exception {
        System.out.println(devices + " devices");
        System.out.println("candidate         rows      ok   msg/s  ingester_us  pg_us  p50_ms  p99_ms  rss_mb");
        try (BenchPlant plant = new BenchPlant(around, COMPANIES, devicesOfEach)) {
            plant.start();
            ours(plant, "(first readings)", devices);
            plant.openAccounts();
            ours(plant, "(warm-up)", count);
            for (int i = 0; i < rounds; i++) {
                if (Surroundings.work() != null) {
                    reference("ref-bare", false);
                    reference("ref-enveloped", true);
                }
                ours(plant, "wuye", count);
            }
            System.out.println(
                    "charged lines " + lines(plant) + ", written " + plant.one("SELECT count(*) FROM rated_line"));
        }
    }

    private void ours(BenchPlant plant, String name, long messages) throws Exception {
        long before = plant.readings();
        long linesBefore = lines(plant);
        plant.checkpoint();
        Figures figures;
        try (Counter counter = new Counter(plant.openCross(), "meter_reading")) {
            figures = measure(plant.service().pid(), Messages.ofContract(plant.devices, round), messages, counter);
        }
        round += (messages + devices - 1) / devices;
        String[] delays = plant.one(
                        "SELECT concat_ws(' ', " + delay(0.5) + ", " + delay(0.99) + ") FROM (SELECT extract(epoch FROM"
                                + " pg_xact_commit_timestamp(xmin) - read_at) * 1000 AS ms FROM meter_reading ORDER BY received_at DESC LIMIT "
                                + messages + ") x")
                .split(" ");
        Awaitility.await("all charged anew").atMost(Duration.ofMinutes(3)).until(() -> "0".equals(plant.one(MARKED)));
        long charged = lines(plant) - linesBefore;
        boolean whole =
                plant.readings() - before == messages && (linesBefore == 0 && charged == 0 || charged == messages);
        print(name, figures, messages, whole, delays[0], delays[1]);
    }

    /** Without those that were taken back again, because a reading came after a later one of its meter. */
    private static long lines(BenchPlant plant) throws SQLException {
        return Long.parseLong(plant.one("SELECT coalesce(sum(sign), 0) FROM rated_line"));
    }

    private static String delay(double share) {
        return "round(percentile_cont(" + share + ") WITHIN GROUP (ORDER BY ms)::numeric, 1)";
    }

    private void reference(String name, boolean enveloped) throws Exception {
        Path work = Surroundings.work();
        try (Connection db = around.asSuperuser("bench");
                Statement sql = db.createStatement()) {
            sql.execute("TRUNCATE w1.reading, w1.ledger");
            sql.execute("UPDATE w1.device_state SET last_ts = '-infinity', last_kwh = 0, balance = 1000");
            sql.execute("VACUUM FULL ANALYZE w1.device_state");
            sql.execute("CHECKPOINT");
            Process sink = new ProcessBuilder(work.resolve("bin/mqsink").toString(), "bill", "-b", "1000", "-l", "20")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Thread.sleep(Duration.ofSeconds(2).toMillis());
            try (Counter counter = new Counter(around.asSuperuser("bench"), "w1.reading")) {
                Figures figures =
                        measure(sink.pid(), Messages.ofReference(devices, COMPANIES, enveloped), count, counter);
                boolean whole = number(sql, "SELECT count(*) FROM w1.ledger") == count;
                String of =
                        " FROM (SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin) - ts) * 1000 AS ms FROM w1.reading) x";
                print(
                        name,
                        figures,
                        count,
                        whole,
                        text(sql, "SELECT " + delay(0.5) + of),
                        text(sql, "SELECT " + delay(0.99) + of));
            } finally {
                sink.destroy();
                sink.waitFor();
            }
        }
    }

    /** Counts what has arrived, on a connection whose own cost is none of the candidate's. */
    private static final class Counter implements AutoCloseable {
        private final Connection connection;
        private final PreparedStatement count;
        private final long backend;

        Counter(Connection connection, String table) throws SQLException {
            this.connection = connection;
            try (Statement sql = connection.createStatement()) {
                backend = number(sql, "SELECT pg_backend_pid()");
            }
            count = connection.prepareStatement("SELECT count(*) FROM " + table);
        }

        long now() throws SQLException {
            try (ResultSet rows = count.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }

        double cpu() {
            return Cost.cpuSeconds(backend);
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    private record Figures(double seconds, double ingester, double postgres, double resident) {}

    private Figures measure(long ingester, Messages messages, long total, Counter counted) throws Exception {
        long before = counted.now();
        try (MqttLoad load = new MqttLoad(around.broker(), CONNECTIONS, WINDOW)) {
            double cpu = Cost.cpuSeconds(ingester);
            double pg = Cost.cpuSeconds(around.postmaster()) - counted.cpu();
            long begun = System.nanoTime();
            load.publish(messages, total, rate);
            long giveUp = System.nanoTime() + Duration.ofMinutes(3).toNanos();
            while (counted.now() - before < total && System.nanoTime() < giveUp) {
                Thread.sleep(100);
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new Figures(
                    seconds,
                    Cost.cpuSeconds(ingester) - cpu,
                    Cost.cpuSeconds(around.postmaster()) - counted.cpu() - pg,
                    Cost.residentMb(ingester));
        }
    }

    private static long number(Statement sql, String query) throws SQLException {
        return Long.parseLong(text(sql, query));
    }

    private static String text(Statement sql, String query) throws SQLException {
        try (ResultSet rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void print(String name, Figures of, long messages, boolean whole, String p50, String p99)
            throws IOException {
        System.out.printf(
                Locale.ROOT,
                "%-16s %6d  %6s  %6.0f  %11.1f  %5.1f  %6s  %6s  %6.0f%n",
                name,
                messages,
                whole ? "yes" : "NO",
                messages / of.seconds(),
                of.ingester() / messages * 1e6,
                of.postgres() / messages * 1e6,
                p50,
                p99,
                of.resident());
    }
}
