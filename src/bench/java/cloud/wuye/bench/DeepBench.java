package cloud.wuye.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Pages of one large company: the first of a list and the one behind nearly all its rows, through GraphQL over one connection,
 * and for reports the same rows straight from SQL. Prints for each the delay and the microseconds of CPU of PostgreSQL.
 *
 * <p>{@code -Dbench.devices}, {@code -Dbench.readings} of each device, which are its days of consumption too, and {@code
 * -Dbench.seconds} a list. The default makes ten million of each.
 */
final class DeepBench {
    private static final String CONSUMPTION =
            """
            query($f:ConsumptionRecordFilterInput,$a:String,$n:Int){p:consumptionRecords(filter:$f,after:$a,first:$n)\
            {nodes{day meterNo meterName quantity readings} pageInfo{hasNextPage endCursor}}}""";
    private static final String READINGS =
            """
            query($f:MeterReadingFilterInput,$a:String,$n:Int){p:meterReadings(filter:$f,after:$a,first:$n)\
            {nodes{deviceId value readAt quality} pageInfo{hasNextPage endCursor}}}""";

    private static final String DAYS =
            """
            SELECT c.day, d.serial_no, d.name, c.device_id, c.service_point_id, c.quantity, c.readings FROM consumption_day c
            JOIN device d ON d.tenant_id = c.tenant_id AND d.id = c.device_id
            WHERE c.tenant_id = ? AND c.register = 'TOTAL' ORDER BY c.day DESC, c.device_id DESC, c.service_point_id DESC LIMIT 51""";
    private static final String MONTH =
            """
            SELECT c.*, d.serial_no, d.name FROM (
              SELECT device_id, service_point_id, sum(quantity) AS quantity, sum(readings)::int AS readings FROM consumption_day
              WHERE tenant_id = ? AND register = 'TOTAL' AND day >= '%s' AND day < '%s' GROUP BY device_id, service_point_id) c
            JOIN device d ON d.id = c.device_id ORDER BY c.device_id DESC, c.service_point_id DESC LIMIT 51""";

    private final Surroundings around = Surroundings.find();
    private final int devices = Integer.getInteger("bench.devices", 5_000);
    private final int readings = Integer.getInteger("bench.readings", 2_000);
    private final int seconds = Integer.getInteger("bench.seconds", 5);

    public static void main(String... arguments) {
        Ending.after(() -> new DeepBench().run());
    }

    private int run() throws Exception {
        try (BenchPlant plant = new BenchPlant(around, 1, 0)) {
            FilledEstate.fill(plant, devices, readings);
            FilledEstate.addDays(plant, readings);
            plant.start();
            System.out.println("list                          pages    p50_ms    p99_ms   pg_us");
            LocalDate today = LocalDate.now(ZoneOffset.UTC);
            LocalDate month = today.minusMonths(1).withDayOfMonth(1);
            ask(plant, "days, first", CONSUMPTION, new JsonObject());
            ask(
                    plant,
                    "days, behind nearly all",
                    CONSUMPTION,
                    after(
                            plant,
                            CONSUMPTION,
                            new JsonObject()
                                    .put("to", today.minusDays(readings - 2L).toString())));
            direct(plant, "days, first, SQL", DAYS);
            JsonObject span = new JsonObject()
                    .put("by", "MONTH")
                    .put("from", month.toString())
                    .put("to", month.plusMonths(1).toString());
            ask(plant, "a month", CONSUMPTION, new JsonObject().put("f", span));
            direct(plant, "a month, SQL", MONTH.formatted(month, month.plusMonths(1)));
            String early = Instant.now().minusSeconds((readings - 5L) * 900).toString();
            ask(plant, "readings, first", READINGS, new JsonObject());
            ask(
                    plant,
                    "readings, behind nearly all",
                    READINGS,
                    after(plant, READINGS, new JsonObject().put("readAt", new JsonObject().put("to", early))));
        }
        return 0;
    }

    /** The place in the whole list where the filtered one begins. */
    private static JsonObject after(BenchPlant plant, String list, JsonObject filter) throws Exception {
        JsonObject page = graph(plant)
                .ask(
                        plant.companies.get(0).token(),
                        list,
                        new JsonObject().put("f", filter).put("n", 1))
                .getJsonObject("p");
        return new JsonObject().put("a", page.getJsonObject("pageInfo").getString("endCursor"));
    }

    private static GraphClient graph(BenchPlant plant) {
        return new GraphClient(URI.create(plant.service().url() + "/graphql"));
    }

    private void ask(BenchPlant plant, String name, String list, JsonObject variables) throws Exception {
        GraphClient graph = graph(plant);
        String token = plant.companies.get(0).token();
        String body = GraphClient.body(list, variables.put("n", 50));
        int rows = graph.answer(token, body)
                .getJsonObject("data")
                .getJsonObject("p")
                .getJsonArray("nodes")
                .size();
        if (rows != 50) {
            throw new IllegalStateException(name + ": " + rows + " rows");
        }
        List<byte[]> question = List.of(HttpLoad.question(graph.server(), token, body));
        try (HttpLoad load = new HttpLoad(graph.server(), 1)) {
            load.play(question, seconds);
            double postgres = Cost.cpuSeconds(around.postmaster());
            HttpLoad.Played played = load.play(question, seconds);
            postgres = Cost.cpuSeconds(around.postmaster()) - postgres;
            if (played.failed() > 0) {
                throw new IllegalStateException(name + ": " + played.failed() + " failed");
            }
            print(name, played.answered(), played.p50(), played.p99(), postgres);
        }
    }

    private void direct(BenchPlant plant, String name, String sql) throws SQLException, IOException {
        try (Connection connection = plant.openCross();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, plant.companies.get(0).id());
            repeat(statement);
            double postgres = Cost.cpuSeconds(around.postmaster());
            long[] nanos = repeat(statement);
            postgres = Cost.cpuSeconds(around.postmaster()) - postgres;
            Arrays.sort(nanos);
            print(
                    name,
                    nanos.length,
                    nanos[nanos.length / 2] / 1e6,
                    nanos[(int) (nanos.length * 0.99)] / 1e6,
                    postgres);
        }
    }

    private long[] repeat(PreparedStatement statement) throws SQLException {
        long[] nanos = new long[1 << 20];
        int done = 0;
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < until && done < nanos.length) {
            long begun = System.nanoTime();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    rows.getString("serial_no");
                }
            }
            nanos[done++] = System.nanoTime() - begun;
        }
        return Arrays.copyOf(nanos, done);
    }

    private static void print(String name, int pages, double p50, double p99, double postgres) {
        System.out.printf(
                Locale.ROOT, "%-28s %6d  %8.2f  %8.2f  %6.0f%n", name, pages, p50, p99, postgres / pages * 1e6);
    }
}
