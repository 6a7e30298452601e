package cloud.wuye.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Many devices that are due at the same minute, as timetables of their companies want it: first all meters are to be read, then
 * all are to be switched off. Prints for each the seconds from that minute until every meter's command stands in the outbox
 * and the ticker's own pause in them; microseconds of CPU a meter of the service and of PostgreSQL until then; how many were
 * published by then, and how many a second from then on; how many triggers Quartz holds; and the machine's load. With a kit, its one scan over as many rows takes
 * a turn.
 *
 * <p>{@code -Dbench.companies} and {@code -Dbench.devices} of each; three in five are meters, and all are online.
 */
final class DueBench {
    private static final String CREATE = "mutation($i:%sScheduleInput!){s:create%1$sSchedule(input:$i){id}}";
    private static final String COMMANDS = " FROM device_command WHERE created_at >= '%s' AND origin = 'SCHEDULE'";
    private static final String SENT = "SELECT count(*)" + COMMANDS + " AND attempt > 0";

    /** Asked for often, so it must not cost what the commands themselves would. */
    private static final String ROUNDS = "SELECT count(*) FROM timetable WHERE purpose = '%s' AND last_run_at >= '%s'";

    /** Seconds in which what is published is counted. */
    private static final int MEANWHILE = 30;

    private final Surroundings around = Surroundings.find();
    private final int companies = Integer.getInteger("bench.companies", 100);
    private final int devices = Integer.getInteger("bench.devices", 1_665);

    public static void main(String... arguments) {
        Ending.after(() -> new DueBench().run());
    }

    private int run() throws Exception {
        try (BenchPlant plant = new BenchPlant(around, companies, 0)) {
            FilledEstate.fill(plant, devices, 1);
            plant.cross("UPDATE device_state SET connectivity = 'ONLINE'");
            plant.vacuum();
            plant.start();
            System.out.println(
                    "due       meters  in_outbox_s  of_it_pause_s  service_us  pg_us  sent_by_then  published/s"
                            + "  triggers  load");
            JsonObject read = new JsonObject();
            due(plant, "Reading", read);
            due(plant, "Power", new JsonObject().put("action", "OFF"));
        }
        if (Surroundings.work() != null) {
            scan(Surroundings.work());
        }
        return 0;
    }

    private void due(BenchPlant plant, String purpose, JsonObject time) throws Exception {
        Instant at = Instant.now()
                .plusSeconds(companies)
                .truncatedTo(ChronoUnit.MINUTES)
                .plusSeconds(60);
        GraphClient graph = new GraphClient(URI.create(plant.service().url() + "/graphql"));
        time.put(
                "time",
                LocalTime.ofInstant(at, ZoneOffset.UTC)
                        .truncatedTo(ChronoUnit.MINUTES)
                        .toString());
        for (BenchPlant.Company company : plant.companies) {
            JsonObject input = new JsonObject()
                    .put("name", "all of us")
                    .put("zone", "UTC")
                    .put("times", new JsonArray().add(time))
                    .put(
                            "spaceIds",
                            new JsonArray()
                                    .add(plant.one("SELECT id FROM space WHERE parent_id IS NULL AND tenant_id = '"
                                            + company.id() + "'")));
            if (time.containsKey("action")) {
                // They would be switched off at once else, as yesterday's last time wants it.
                input.put("misfire", "SKIP");
            }
            graph.ask(company.token(), CREATE.formatted(purpose), new JsonObject().put("i", input));
        }
        long meters = Long.parseLong(plant.one("SELECT count(*) FROM device WHERE device_class = 'emeter'"));
        if (!Instant.now().isBefore(at)) {
            throw new IllegalStateException("the timetables were not written in time");
        }
        Thread.sleep(Duration.between(Instant.now(), at).toMillis());
        double service = Cost.cpuSeconds(plant.service().pid());
        double postgres = Cost.cpuSeconds(around.postmaster());
        await(plant, ROUNDS.formatted(purpose.toUpperCase(Locale.ROOT), at), companies);
        double inOutbox = since(at);
        service = Cost.cpuSeconds(plant.service().pid()) - service;
        postgres = Cost.cpuSeconds(around.postmaster()) - postgres;
        oneEach(plant, at, meters);
        String first = plant.one("SELECT extract(epoch FROM min(created_at) - '" + at + "')" + COMMANDS.formatted(at));
        long before = Long.parseLong(plant.one(SENT.formatted(at)));
        long sent = before;
        Instant from = Instant.now();
        while (sent < meters && since(from) < MEANWHILE) {
            Thread.sleep(1_000);
            sent = Long.parseLong(plant.one(SENT.formatted(at)));
        }
        double rate = (sent - before) / since(from);
        System.out.printf(
                Locale.ROOT,
                "%-8s %7d  %11.1f  %13.1f  %10.0f  %5.0f  %12d  %11.0f  %8s  %4.1f%n",
                purpose.toLowerCase(Locale.ROOT),
                meters,
                inOutbox,
                Double.parseDouble(first),
                service / meters * 1e6,
                postgres / meters * 1e6,
                before,
                rate,
                plant.ownersOne("SELECT count(*) FROM qrtz_triggers"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** No command lost, none doubled. */
    private static void oneEach(BenchPlant plant, Instant at, long meters) throws SQLException {
        String found = plant.one("SELECT count(*) || ' of ' || count(DISTINCT device_id)" + COMMANDS.formatted(at));
        if (!found.equals(meters + " of " + meters)) {
            throw new IllegalStateException("commands of devices: " + found + ", meters: " + meters);
        }
    }

    private static void await(BenchPlant plant, String count, long expected) throws SQLException, InterruptedException {
        Instant giveUp = Instant.now().plus(Duration.ofMinutes(8));
        long found = 0;
        while (found < expected) {
            if (Instant.now().isAfter(giveUp)) {
                throw new IllegalStateException("only " + found + " of " + expected + ": " + count);
            }
            Thread.sleep(200);
            found = Long.parseLong(plant.one(count));
        }
    }

    private static double since(Instant at) {
        return Duration.between(at, Instant.now()).toMillis() / 1e3;
    }

    private void scan(Path work) throws IOException, InterruptedException {
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        work.resolve("sched/cls") + ":" + work.resolve("sched/lib/*"),
                        "Sched",
                        "scan",
                        "100000",
                        "1000")
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
