package cloud.wuye.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.platform.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is posted, however often, in whatever batches and by how many at once: the books come to what a naive model does. */
class AnyBooksProperty {
    private static final Instant START = Instant.parse("2026-11-20T23:50:00Z");
    private static LedgerDatabase database;

    @BeforeContainer
    static void open() {
        database = new LedgerDatabase();
    }

    @AfterContainer
    static void close() {
        database.close();
    }

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void theBooksComeToTheSame(@ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int size) {
        Random random = new Random(seed);
        UUID tenant = Ids.next();
        List<UUID> subjects = List.of(Ids.next(), Ids.next(), Ids.next());
        List<Entry> facts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            facts.add(anyEntry(random, tenant, subjects, String.valueOf(i)));
        }
        List<Entry> deliveries = new ArrayList<>(facts);
        facts.stream().filter(fact -> random.nextInt(3) == 0).forEach(deliveries::add);
        Collections.shuffle(deliveries, random);
        deliver(batches(deliveries, random), random.nextBoolean());
        SortedMap<String, BigDecimal> model = new TreeMap<>();
        facts.forEach(fact -> count(model, fact, 1));
        agree(tenant, facts.size(), model);

        deliver(batches(deliveries, random), true);
        agree(tenant, facts.size(), model);

        int reversed = 0;
        for (Entry fact : facts) {
            if (random.nextInt(5) == 0) {
                UUID id = database.post(List.of(fact)).get(0).entryId();
                Source source = new Source("correction", id.toString(), "reversed");
                database.work(tx -> database.ledger.reverse(tx, tenant, id, source, START, null));
                database.work(tx -> database.ledger.reverse(tx, tenant, id, source, START, null));
                count(model, fact, -1);
                reversed++;
            }
        }
        agree(tenant, facts.size() + reversed, model);
    }

    private static void agree(UUID tenant, int entries, SortedMap<String, BigDecimal> model) {
        SortedMap<String, BigDecimal> expected = new TreeMap<>();
        model.forEach((account, amount) -> {
            if (amount.signum() != 0) {
                expected.put(account, amount.stripTrailingZeros());
            }
        });
        assertEquals(entries, database.count("journal_entry", tenant));
        assertEquals(expected, database.summed(tenant));
        assertEquals(expected, database.cached(tenant));
        assertEquals(
                database.sums(
                        "SELECT account, '00000000-0000-0000-0000-000000000000'::uuid, sum(amount) FROM journal_line"
                                + " WHERE tenant_id = $1 GROUP BY 1",
                        tenant),
                database.sums(
                        "SELECT account, '00000000-0000-0000-0000-000000000000'::uuid, sum(debit - credit) FROM ledger_day"
                                + " WHERE tenant_id = $1 GROUP BY 1",
                        tenant));
        assertEquals(
                List.of(),
                database.query(
                        "SELECT entry_id FROM journal_line WHERE tenant_id = $1"
                                + " GROUP BY entry_id, ledger_unit(account) HAVING sum(amount) <> 0",
                        Tuple.of(tenant),
                        row -> row.getUUID(0)));
    }

    private static void count(SortedMap<String, BigDecimal> model, Entry entry, int times) {
        entry.lines()
                .forEach(line -> model.merge(
                        line.account().kind() + ":" + line.account().subject(),
                        line.amount().multiply(BigDecimal.valueOf(times)),
                        BigDecimal::add));
    }

    /** Up to six lines of each unit with any amounts, and one that makes them balance. */
    private static Entry anyEntry(Random random, UUID tenant, List<UUID> subjects, String id) {
        Entry.Builder entry =
                Entry.of(tenant, new Source("any", id, "happened")).occurredAt(START);
        int made = 0;
        for (LedgerUnit unit : LedgerUnit.values()) {
            List<AccountKind> kinds = Arrays.stream(AccountKind.values())
                    .filter(kind -> kind.unit() == unit)
                    .toList();
            int lines = unit == LedgerUnit.CNY || random.nextInt(3) == 0 ? 1 + random.nextInt(6) : 0;
            BigDecimal sum = BigDecimal.ZERO;
            for (int i = 0; i < lines; i++) {
                AccountKind kind = kinds.get(random.nextInt(kinds.size()));
                BigDecimal amount = BigDecimal.valueOf(1 + random.nextInt(2_000_000), kind.decimals())
                        .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1));
                entry.debit(account(random, kind, subjects), amount);
                sum = sum.add(amount);
                made++;
            }
            AccountKind rest = unit == LedgerUnit.CNY ? AccountKind.ROUNDING : kinds.get(random.nextInt(kinds.size()));
            entry.credit(account(random, rest, subjects), sum);
        }
        return made == 0 ? anyEntry(random, tenant, subjects, id) : twoLines(entry, random, tenant, subjects, id);
    }

    private static Entry twoLines(Entry.Builder entry, Random random, UUID tenant, List<UUID> subjects, String id) {
        try {
            return entry.build();
        } catch (IllegalArgumentException oneLineThatSumsToNothing) {
            return anyEntry(random, tenant, subjects, id);
        }
    }

    private static Account account(Random random, AccountKind kind, List<UUID> subjects) {
        return kind.hasSubject() ? Account.of(kind, subjects.get(random.nextInt(subjects.size()))) : Account.of(kind);
    }

    private static List<List<Entry>> batches(List<Entry> deliveries, Random random) {
        List<List<Entry>> batches = new ArrayList<>();
        for (int i = 0; i < deliveries.size(); ) {
            int size = 1 + random.nextInt(random.nextBoolean() ? 3 : 60);
            batches.add(deliveries.subList(i, Math.min(deliveries.size(), i + size)));
            i += size;
        }
        return batches;
    }

    /** One after the other, minutes apart and over midnight, or all at once. */
    private static void deliver(List<List<Entry>> batches, boolean atOnce) {
        if (!atOnce) {
            for (int i = 0; i < batches.size(); i++) {
                database.clock.set(START.plus(Duration.ofMinutes(i * 5L)));
                database.post(batches.get(i));
            }
            return;
        }
        Uni.join()
                .all(batches.stream()
                        .map(batch -> database.cross.withTransaction(tx -> database.ledger.post(tx, batch)))
                        .toList())
                .andFailFast()
                .await()
                .indefinitely();
    }
}
