package cloud.wuye.device.metering;

import cloud.wuye.platform.Ids;
import cloud.wuye.tariff.LaidOutPlans;
import cloud.wuye.testing.Plans;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What a reading costs PostgreSQL, in microseconds of its backend's CPU: a bare UNNEST insert, the store's statement for meters
 * that nobody pays for, and for prepaid ones, in turns, on one connection. A program, not a test:
 * {@code java -cp target/test-classes:target/classes:$(cat target/kit.classpath) cloud.wuye.device.metering.IngestCost}.
 */
final class IngestCost {
    private static final int BATCH = 1000;
    private static final int BATCHES = 60;
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final String BARE =
            "INSERT INTO bare_reading SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[],"
                    + " $5::numeric[], $6::timestamptz[], $7::timestamptz[], $8::text[], $9::text[])";

    private final MeteringDatabase database = new MeteringDatabase();
    private final UUID tenant = database.tenant("Asia/Shanghai");
    private final Fleet free;
    private final Fleet paid;
    private final Duration every;

    private IngestCost(int meters, Duration every) {
        free = new Fleet(meters);
        paid = new Fleet(meters);
        this.every = every;
    }

    /** Meters that are read in an endless round. */
    private static final class Fleet {
        final UUID[] meters;
        long position;

        Fleet(int size) {
            meters = IntStream.range(0, size).mapToObj(i -> Ids.next()).toArray(UUID[]::new);
        }
    }

    public static void main(String... arguments) throws IOException {
        int meters = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
        new IngestCost(meters, Duration.ofMinutes(15)).run();
        System.exit(0);
    }

    private void run() throws IOException {
        Pool owner = database.pool("owner", 1);
        owner.query(
                        "CREATE TABLE bare_reading (tenant_id uuid, device_id uuid, register text, event_id uuid, value numeric(18,4),"
                                + " read_at timestamptz, received_at timestamptz, source text, quality text,"
                                + " PRIMARY KEY (device_id, read_at, register)); GRANT ALL ON bare_reading TO wuye_cross")
                .executeAndAwait();
        Pool one = database.pool("cross", 1);
        int backend = one.query("SELECT pg_backend_pid()")
                .executeAndAwait()
                .iterator()
                .next()
                .getInteger(0);
        measure(one, backend, free, this::record);
        measure(one, backend, paid, this::record);
        openAccounts();
        measure(one, backend, paid, this::record);
        owner.query("ANALYZE").executeAndAwait();
        for (int round = 0; round < ROUNDS; round++) {
            double bare = measure(one, backend, free, this::bare);
            double record = measure(one, backend, free, this::record);
            double charge = measure(one, backend, paid, this::record);
            System.out.printf(
                    Locale.ROOT,
                    "bare %.1f  store %.1f  store and charge %.1f  ratios %.2f %.2f%n",
                    bare,
                    record,
                    charge,
                    record / bare,
                    charge / bare);
        }
        System.out.println(database.query(
                "SELECT count(*) || ' lines, ' || (SELECT count(*) FROM meter_balance WHERE rerate_from IS NOT NULL) || ' marked'"
                        + " FROM rated_line",
                Tuple.tuple(),
                row -> row.getString(0)));
        explain();
    }

    /** Twenty plans with one price, each for a twentieth of the meters, from their first reading on. */
    private void openAccounts() {
        for (int i = 0; i < 20; i++) {
            int twentieth = i;
            UUID plan = database.work(tx -> LaidOutPlans.addOnePrice(tx, tenant, Instant.now()));
            UUID[] meters = IntStream.range(0, paid.meters.length)
                    .filter(meter -> meter % 20 == twentieth)
                    .mapToObj(meter -> paid.meters[meter])
                    .toArray(UUID[]::new);
            database.work(tx -> tx.preparedQuery(
                            "INSERT INTO device (id, tenant_id, uid, kind, device_class, serial_no, name, created_at)"
                                    + " SELECT m, $1, m::text, 'ELECTRICITY_METER', 'emeter', m::text, m::text, now()"
                                    + " FROM unnest($2::uuid[]) m")
                    .execute(Tuple.of(tenant, meters))
                    .chain(() -> tx.preparedQuery(
                                    "INSERT INTO meter_account (tenant_id, point_id, device_id, commodity, mode, authority, unit,"
                                            + " plan_id, opened_at) SELECT $1, m, m, 'ELECTRICITY', 'PREPAID', 'PLATFORM', 'MONEY', $3,"
                                            + " now() FROM unnest($2::uuid[]) m")
                            .execute(Tuple.of(tenant, meters, plan)))
                    .chain(() -> tx.preparedQuery(
                                    "INSERT INTO meter_balance (tenant_id, point_id, device_id, plan_id, in_quantity, credit, look_below,"
                                            + " starts_at, charged_until, posted_at) SELECT $1, m, m, $3, false, 1000, 0, s.base_at,"
                                            + " s.base_at, now() FROM unnest($2::uuid[]) m JOIN meter_state s ON s.device_id = m")
                            .execute(Tuple.of(tenant, meters, plan))));
        }
    }

    private double measure(Pool one, int backend, Fleet fleet, Function<Pool, Consumer<List<RegisterReading>>> way)
            throws IOException {
        Consumer<List<RegisterReading>> store = way.apply(one);
        List<List<RegisterReading>> batches =
                IntStream.range(0, BATCHES).mapToObj(i -> next(fleet)).toList();
        double before = cpu(backend);
        batches.forEach(store);
        return (cpu(backend) - before) / (BATCH * BATCHES) * 1e6;
    }

    private Consumer<List<RegisterReading>> record(Pool one) {
        return batch -> one.withTransaction(tx -> database.recordReadings.store(tx, batch))
                .await()
                .indefinitely();
    }

    private Consumer<List<RegisterReading>> bare(Pool one) {
        return batch -> one.withTransaction(
                        (SqlConnection tx) -> tx.preparedQuery(BARE).execute(Tuple.from(new Object[] {
                            column(batch, UUID[]::new, RegisterReading::tenantId),
                            column(batch, UUID[]::new, RegisterReading::deviceId),
                            column(batch, String[]::new, reading -> reading.register()
                                    .name()),
                            column(batch, UUID[]::new, RegisterReading::eventId),
                            column(batch, BigDecimal[]::new, RegisterReading::value),
                            column(batch, OffsetDateTime[]::new, reading -> reading.at()
                                    .atOffset(ZoneOffset.UTC)),
                            column(batch, OffsetDateTime[]::new, reading -> reading.receivedAt()
                                    .atOffset(ZoneOffset.UTC)),
                            column(batch, String[]::new, reading -> reading.origin()
                                    .name()),
                            column(batch, String[]::new, reading -> "VALID")
                        })))
                .await()
                .indefinitely();
    }

    private static <T> T[] column(
            List<RegisterReading> batch,
            java.util.function.IntFunction<T[]> array,
            Function<RegisterReading, T> value) {
        return batch.stream().map(value).toArray(array);
    }

    /** The next thousand of an endless round over all meters, shuffled by a stride. */
    private List<RegisterReading> next(Fleet fleet) {
        List<RegisterReading> batch = new ArrayList<>(BATCH);
        Instant start =
                Instant.now().truncatedTo(java.time.temporal.ChronoUnit.DAYS).minus(Duration.ofDays(20));
        for (int i = 0; i < BATCH; i++, fleet.position++) {
            long round = fleet.position / fleet.meters.length;
            int meter = (int) (fleet.position * 40_503 % fleet.meters.length);
            Instant at = start.plus(every.multipliedBy(round)).plusSeconds(meter % 600);
            batch.add(new RegisterReading(
                    tenant,
                    fleet.meters[meter],
                    MeterRegister.TOTAL,
                    Ids.next(),
                    BigDecimal.valueOf(1_000_000 + round * 1200 + meter % 1000, 4),
                    at,
                    at.plusMillis(300),
                    at,
                    false,
                    ReadingOrigin.PUSHED,
                    null));
        }
        return batch;
    }

    /** The plan that the store's connections keep, whatever a batch holds. */
    private void explain() {
        List<RegisterReading> batch = next(paid);
        String plan = database.work(tx -> database.recordReadings
                .plain(tx, batch)
                .chain(values -> Plans.kept(tx, "ANALYZE, BUFFERS, WAL", PlainBatch.RECORD, values)));
        System.out.print(plan);
    }

    /** User and system time of a process in seconds, as the kernel counts it. */
    private static double cpu(int pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Arrays.stream(fields, 11, 13).mapToLong(Long::parseLong).sum() / 100.0;
    }
}
