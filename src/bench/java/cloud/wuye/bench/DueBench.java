package cloud.wuye.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
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
 * and the ticker's own pause in them; how many a second are published then; microseconds of CPU a meter of the service and of
 * PostgreSQL until the outbox is full; and how many triggers Quartz holds. With a kit, its one scan over as many rows takes
 * a turn.
 *
 * <p>{@code -Dbench.companies} and {@code -Dbench.devices} of each; three in five are meters, and all are online.
 */
final class DueBench {
    private static final String CREATE = "mutation($i:%sScheduleInput!){s:create%1$sSchedule(input:$i){id}}";
    private static final String COMMANDS =
            "SELECT count(*) FROM device_command WHERE created_at >= '%s' AND origin = 'SCHEDULE'";

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
                    "due       meters  in_outbox_s  of_it_pause_s  service_us  pg_us  published/s  triggers");
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
            graph.ask(company.token(), CREATE.formatted(purpose), new JsonObject().put("i", input));
        }
        long meters = Long.parseLong(plant.one("SELECT count(*) FROM device WHERE device_class = 'emeter'"));
        if (!Instant.now().isBefore(at)) {
            throw new IllegalStateException("the timetables were not written in time");
        }
        Thread.sleep(Duration.between(Instant.now(), at).toMillis());
        double service = Cost.cpuSeconds(plant.service().pid());
        double postgres = Cost.cpuSeconds(around.postmaster());
        await(plant, COMMANDS.formatted(at), meters);
        double inOutbox = since(at);
        service = Cost.cpuSeconds(plant.service().pid()) - service;
        postgres = Cost.cpuSeconds(around.postmaster()) - postgres;
        String first = plant.one("SELECT extract(epoch FROM min(created_at) - '" + at
                + "') FROM device_command WHERE created_at >= '" + at + "'");
        long published = Long.parseLong(plant.one(COMMANDS.formatted(at) + " AND attempt > 0"));
        Thread.sleep(Duration.ofSeconds(MEANWHILE).toMillis());
        double rate =
                (Double.parseDouble(plant.one(COMMANDS.formatted(at) + " AND attempt > 0")) - published) / MEANWHILE;
        System.out.printf(
                Locale.ROOT,
                "%-8s %7d  %11.1f  %13.1f  %10.0f  %5.0f  %11.0f  %8s%n",
                purpose.toLowerCase(Locale.ROOT),
                meters,
                inOutbox,
                Double.parseDouble(first),
                service / meters * 1e6,
                postgres / meters * 1e6,
                rate,
                plant.ownersOne("SELECT count(*) FROM qrtz_triggers"));
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
