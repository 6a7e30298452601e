package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.Ulid;
import cloud.wuye.device.metering.MeteringDatabase;
import cloud.wuye.platform.Ids;
import cloud.wuye.tariff.LaidOutPlans;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * What a message of a prepaid meter costs PostgreSQL from registry to commit, in microseconds of its backend's CPU, statement by
 * statement: the inbox's own store on one connection, without broker and service around it. A program, not a test:
 * {@code java -cp target/test-classes:target/classes:$(cat target/kit.classpath) cloud.wuye.device.inbox.InboxCost}. {@code
 * -Dcompanies}, {@code -Dmeters} of each, {@code -Dbatch}, {@code -Drounds} of 60,000 messages, {@code -Devery} seconds between a
 * meter's messages.
 */
final class InboxCost {
    private static final int MESSAGES = 60_000;
    private static final long STRIDE = 40_503;

    private final MeteringDatabase database = new MeteringDatabase();
    private final int companies = Integer.getInteger("companies", 200);
    private final int metersOfEach = Integer.getInteger("meters", 50);
    private final int batch = Integer.getInteger("batch", 1000);
    private final Duration every = Duration.ofSeconds(Integer.getInteger("every", 900));
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(20));
    private final List<UUID> tenants = new ArrayList<>();
    private final List<Meter> meters = new ArrayList<>();
    private final BatchStore store = new BatchStore(
            new Directory(),
            new StateRows(),
            new EventLog(),
            new Handlers(List.of(database.telemetryHandler())),
            List.of(),
            new ParkingLot(null));
    private long position;

    private record Meter(String tenant, UUID id) {}

    public static void main(String... arguments) {
        new InboxCost().run();
        System.exit(0);
    }

    private void run() {
        for (int i = 0; i < companies; i++) {
            register(database.tenant("Asia/Shanghai"));
        }
        SqlConnection plain = database.cross.getConnection().await().indefinitely();
        int backend = plain.query("SELECT pg_backend_pid()")
                .executeAndAwait()
                .iterator()
                .next()
                .getInteger(0);
        System.out.println("backend " + backend);
        StatementCost cost = new StatementCost(plain, backend);
        send(cost, meters.size());
        tenants.forEach(this::openAccounts);
        send(cost, MESSAGES);
        database.pool("owner", 1).query("ANALYZE").executeAndAwait();
        for (int round = 0; round < Integer.getInteger("rounds", 3); round++) {
            cost.take();
            long before = cost.cpu();
            send(cost, MESSAGES);
            System.out.printf(Locale.ROOT, "%.1f a message%n", (cost.cpu() - before) / 1e3 / MESSAGES);
            cost.take().forEach(InboxCost::print);
        }
        System.out.println(database.query(
                "SELECT count(*) || ' readings, ' || (SELECT count(*) FROM rated_line) || ' lines, '"
                        + " || (SELECT count(*) FROM meter_balance WHERE rerate_from IS NOT NULL) || ' marked' FROM meter_reading",
                Tuple.tuple(),
                row -> row.getString(0)));
        if (Boolean.getBoolean("plans")) {
            cost.statements().forEach(sql -> plain.query("EXPLAIN (GENERIC_PLAN) " + sql)
                    .executeAndAwait()
                    .forEach(row -> System.out.println(row.getString(0))));
        }
    }

    private static void print(String sql, long nanos) {
        String line = sql.lines().filter(each -> !each.startsWith("--")).reduce("", (a, b) -> a + " " + b.strip());
        System.out.printf(
                Locale.ROOT, "  %5.1f %s%n", nanos / 1e3 / MESSAGES, line.substring(0, Math.min(90, line.length())));
    }

    private void register(UUID tenant) {
        String code = "t" + tenant.toString().replace("-", "");
        tenants.add(tenant);
        database.query(
                        "INSERT INTO device (id, tenant_id, uid, kind, device_class, serial_no, name, lifecycle, created_at)"
                                + " SELECT m, $1, m::text, 'ELECTRICITY_METER', 'emeter', m::text, m::text, 'ACTIVE', now()"
                                + " FROM unnest($2::uuid[]) m RETURNING id",
                        Tuple.of(
                                tenant,
                                java.util.stream.IntStream.range(0, metersOfEach)
                                        .mapToObj(i -> Ids.next())
                                        .toArray(UUID[]::new)),
                        row -> row.getUUID(0))
                .forEach(id -> meters.add(new Meter(code, id)));
    }

    /** A plan with one price, from each meter's first reading on. */
    private void openAccounts(UUID tenant) {
        UUID plan = database.work(tx -> LaidOutPlans.addOnePrice(tx, tenant, Instant.now()));
        database.work(tx -> tx.preparedQuery(
                        "INSERT INTO meter_account (tenant_id, point_id, device_id, commodity, mode, authority, unit, plan_id, opened_at)"
                                + " SELECT tenant_id, id, id, 'ELECTRICITY', 'PREPAID', 'PLATFORM', 'MONEY', $2, now()"
                                + " FROM device WHERE tenant_id = $1")
                .execute(Tuple.of(tenant, plan))
                .chain(() -> tx.preparedQuery(
                                "INSERT INTO meter_balance (tenant_id, point_id, device_id, plan_id, in_quantity, credit, look_below,"
                                        + " starts_at, charged_until, posted_at) SELECT tenant_id, device_id, device_id, $2, false, 1000, 0,"
                                        + " base_at, base_at, now() FROM meter_state WHERE tenant_id = $1")
                        .execute(Tuple.of(tenant, plan))));
    }

    private void send(StatementCost cost, int messages) {
        for (int sent = 0; sent < messages; sent += batch) {
            List<Arrival> arrivals = new ArrayList<>(batch);
            for (int i = 0; i < Math.min(batch, messages - sent); i++, position++) {
                arrivals.add(next());
            }
            SqlConnection connection = cost.connection();
            connection.query("BEGIN").executeAndAwait();
            Stored stored = store.store(connection, arrivals).await().indefinitely();
            connection.query("COMMIT").executeAndAwait();
            if (!stored.parked().isEmpty()) {
                throw new IllegalStateException(stored.parked().get(0).toString());
            }
        }
    }

    private Arrival next() {
        long round = position / meters.size();
        int number = (int) (position * STRIDE % meters.size());
        Meter meter = meters.get(number);
        Instant at = start.plus(every.multipliedBy(round)).plusSeconds(number % Math.max(1, every.toSeconds()));
        long register = 100_000 + round * 21;
        String payload =
                "{\"v\":1,\"id\":\"" + Ulid.format(Ids.next()) + "\",\"boot\":\"b1\",\"seq\":" + round + ",\"ts\":\""
                        + at + "\",\"clk\":\"ntp\",\"data\":{\"reg\":{\"import\":\"" + register / 1000 + "."
                        + String.format(Locale.ROOT, "%03d", register % 1000)
                        + "\"},\"p\":700,\"u\":[220.1],\"i\":[6.8],\"relay\":\"closed\"}}";
        return new Arrival(
                "pm/v1/" + meter.tenant() + "/emeter/" + meter.id() + "/up/telemetry",
                payload.getBytes(StandardCharsets.UTF_8),
                false,
                at.plusMillis(300),
                () -> {});
    }
}
