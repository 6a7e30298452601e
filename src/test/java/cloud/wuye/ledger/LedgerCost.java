package cloud.wuye.ledger;

import cloud.wuye.platform.Ids;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What a posted entry costs PostgreSQL, in microseconds of its backend's CPU: the posting statement and a bare UNNEST insert of
 * the same rows, in turns, on one connection. Then the plans of what reads the books. A program, not a test:
 * {@code java -cp target/test-classes:target/classes:$(cat target/kit.classpath) cloud.wuye.ledger.LedgerCost [lines]}.
 */
final class LedgerCost {
    private static final int BATCH = 1000;
    private static final int BATCHES = 20;
    private static final int ROUNDS = Integer.getInteger("rounds", 4);
    private static final String BARE =
            """
            WITH e AS (INSERT INTO bare_entry SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[],
                         $6::timestamptz[], $7::text[], $8::uuid[], $9::uuid[], $10::int[]))
            INSERT INTO bare_line SELECT *, $17::timestamptz FROM unnest($11::uuid[], $12::uuid[], $13::int[], $14::text[], $15::uuid[],
                         $16::numeric[])""";
    private static final String BARE_TABLES =
            """
            CREATE TABLE bare_entry (tenant_id uuid, id uuid, source_type text, source_id text, kind text, occurred_at timestamptz,
              memo text, reverses uuid, digest uuid, line_count int, PRIMARY KEY (tenant_id, id));
            CREATE TABLE bare_line (tenant_id uuid, entry_id uuid, no int, account text, subject uuid, amount numeric(18,6),
              posted_at timestamptz, PRIMARY KEY (tenant_id, entry_id, no));
            GRANT ALL ON bare_entry, bare_line TO wuye_cross""";

    private final LedgerDatabase database = new LedgerDatabase();
    private final UUID tenant = Ids.next();
    private final UUID[] meters =
            IntStream.range(0, 20_000).mapToObj(i -> Ids.next()).toArray(UUID[]::new);
    private Instant now = Instant.parse("2026-11-01T00:00:00Z");
    private long position;

    private LedgerCost() {}

    public static void main(String... arguments) throws IOException {
        new LedgerCost().run(arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000);
        System.exit(0);
    }

    private void run(long lines) throws IOException {
        database.pool("owner", 1).query(BARE_TABLES).executeAndAwait();
        Pool one = database.pool("cross", 1);
        int backend = one.query("SELECT pg_backend_pid()")
                .executeAndAwait()
                .iterator()
                .next()
                .getInteger(0);
        Consumer<List<Entry>> post = batch -> one.withTransaction(tx -> database.ledger.post(tx, batch))
                .await()
                .indefinitely();
        Consumer<List<Entry>> bare = batch -> one.withTransaction((SqlConnection tx) -> {
                    Object[] columns = new Batch(batch).columns(now);
                    columns[16] = now.atOffset(ZoneOffset.UTC);
                    return tx.preparedQuery(BARE).execute(Tuple.from(columns));
                })
                .await()
                .indefinitely();
        measure(backend, post);
        for (int round = 0; round < ROUNDS; round++) {
            double plain = measure(backend, bare);
            double posted = measure(backend, post);
            System.out.printf(Locale.ROOT, "bare %.1f  post %.1f  ratio %.2f%n", plain, posted, posted / plain);
        }
        while (database.count("journal_line", tenant) < lines) {
            post.accept(next());
        }
        one.closeAndAwait();
        database.pool("owner", 1)
                .query("ANALYZE journal_entry, journal_line, ledger_balance, ledger_day")
                .executeAndAwait();
        database.pool("owner", 1).query("VACUUM journal_line").executeAndAwait();
        read();
        prove("all lines");
        post(next());
        prove("a batch of 1000 entries");
    }

    private void post(List<Entry> batch) {
        database.work(tx -> database.ledger.post(tx, batch));
    }

    private void prove(String what) {
        database.work(tx -> tx.preparedQuery(
                        "INSERT INTO ledger_proof (tenant_id, mark, lines) VALUES ($1, 0, 0) ON CONFLICT DO NOTHING")
                .execute(Tuple.of(tenant)));
        long from = System.nanoTime();
        long lines = database.work(tx -> tx.preparedQuery(Statement.named("prove"))
                        .execute(Tuple.of(new UUID[] {tenant}, now.atOffset(ZoneOffset.UTC))))
                .iterator()
                .next()
                .getLong("lines");
        System.out.printf("== proof of %s: %d lines, %d ms%n", what, lines, (System.nanoTime() - from) / 1_000_000);
    }

    /** Microseconds of the backend for each entry of four lines. */
    private double measure(int backend, Consumer<List<Entry>> way) throws IOException {
        List<List<Entry>> batches =
                IntStream.range(0, BATCHES).mapToObj(i -> next()).toList();
        double before = cpu(backend);
        batches.forEach(way);
        return (cpu(backend) - before) / (BATCH * BATCHES) * 1e6;
    }

    private List<Entry> next() {
        List<Entry> batch = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++, position++) {
            batch.add(Facts.used(
                    tenant, meters[(int) (position * 40_503 % meters.length)], "interval " + position, "0.1234"));
        }
        now = now.plus(Duration.ofMinutes(150));
        database.clock.set(now);
        return batch;
    }

    private void read() {
        Pool app = database.pool("app", 1);
        System.out.println(database.count("journal_line", tenant) + " lines until " + now);
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        explain(
                app,
                "trial balance",
                Accounts.TRIAL,
                Tuple.of(
                        today.minusDays(5),
                        today.minusDays(5).atStartOfDay().atOffset(ZoneOffset.UTC),
                        today.minusDays(5).atTime(18, 0).atOffset(ZoneOffset.UTC)));
        for (Account account : List.of(
                Account.of(AccountKind.REVENUE_ELECTRICITY), Account.of(AccountKind.CUSTOMER_CREDIT, meters[7]))) {
            String before = " AND l.posted_at < '" + today.minusDays(5) + "T12:00:00Z'";
            explain(
                    app,
                    "statement of " + account,
                    Accounts.STATEMENT.formatted(
                            before,
                            LedgerLineSort.POSTED_AT.keyset().orderBy(),
                            "51",
                            LedgerLineSort.POSTED_AT.keyset().orderBy()),
                    Tuple.of(
                            account.kind().name(),
                            account.subject(),
                            !account.kind().hasSubject()));
        }
    }

    private void explain(Pool app, String what, String sql, Tuple values) {
        System.out.println("== " + what);
        app.withTransaction(tx -> tx.preparedQuery("SELECT set_config('app.tenant', $1, true)")
                        .execute(Tuple.of(tenant.toString()))
                        .chain(() -> tx.preparedQuery("EXPLAIN (ANALYZE, BUFFERS) " + sql)
                                .execute(values)))
                .await()
                .indefinitely()
                .forEach(row -> System.out.println(row.getString(0)));
    }

    /** User and system time of a process in seconds, as the kernel counts it. */
    private static double cpu(int pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Arrays.stream(fields, 11, 13).mapToLong(Long::parseLong).sum() / 100.0;
    }
}
