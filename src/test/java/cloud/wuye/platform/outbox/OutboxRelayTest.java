package cloud.wuye.platform.outbox;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.LogLines;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OutboxRelayTest {
    /** The outside world of this test: notes what arrives, and refuses as told. */
    @Singleton
    static class Recorder implements OutboxHandler {
        final List<OutboxMessage> arrived = new CopyOnWriteArrayList<>();
        final Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();
        final Map<String, Boolean> hopeless = new ConcurrentHashMap<>();

        @Override
        public String kind() {
            return "test.note";
        }

        @Override
        public Uni<Void> deliver(OutboxMessage message) {
            if (hopeless.containsKey(message.dedupeKey())) {
                return Uni.createFrom().failure(new DoNotRetry("never"));
            }
            AtomicInteger left = refusals.get(message.dedupeKey());
            if (left != null && left.getAndDecrement() > 0) {
                return Uni.createFrom().failure(new IllegalStateException("not now"));
            }
            arrived.add(message);
            return Uni.createFrom().voidItem();
        }
    }

    /** A receiver that takes its time. */
    @Singleton
    static class Snail implements OutboxHandler {
        final Map<String, CompletableFuture<Void>> holding = new ConcurrentHashMap<>();

        @Override
        public String kind() {
            return "test.slow";
        }

        @Override
        public Uni<Void> deliver(OutboxMessage message) {
            CompletableFuture<Void> arrival = new CompletableFuture<>();
            holding.put(message.dedupeKey(), arrival);
            return Uni.createFrom().completionStage(arrival);
        }
    }

    /** A receiver that says so. */
    @Singleton
    static class Voice implements OutboxHandler {
        static final Logger LOG = Logger.getLogger(Voice.class);

        @Inject
        Db db;

        @Override
        public String kind() {
            return "test.voice";
        }

        @Override
        public Uni<Void> deliver(OutboxMessage message) {
            LOG.info("takes " + message.key());
            return db.acrossTenants(
                            "test", sql -> sql.query("SELECT pg_sleep(0.02)").execute())
                    .invoke(() -> LOG.info("has " + message.key()))
                    .replaceWithVoid();
        }
    }

    /** A receiver that is done with each when it has them all in hand. */
    @Singleton
    static class Steady implements OutboxHandler {
        static final int ALL = 100;
        final AtomicInteger underWay = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        final CompletableFuture<Void> together = new CompletableFuture<>();
        final Map<String, CompletableFuture<Void>> plugs = new ConcurrentHashMap<>();

        @Override
        public String kind() {
            return "test.steady";
        }

        @Override
        public Uni<Void> deliver(OutboxMessage message) {
            if (message.key().equals("plug")) {
                return Uni.createFrom()
                        .completionStage(plugs.computeIfAbsent(message.dedupeKey(), k -> new CompletableFuture<>()));
            }
            int now = underWay.incrementAndGet();
            most.accumulateAndGet(now, Math::max);
            if (now == ALL) {
                together.complete(null);
            }
            return Uni.createFrom()
                    .completionStage(together.copy())
                    .onTermination()
                    .invoke(underWay::decrementAndGet);
        }
    }

    @Inject
    Steady steady;

    @Inject
    OutboxStore store;

    @Inject
    OutboxConfig config;

    @Inject
    OutboxMetrics metrics;

    @Inject
    Clock clock;

    @Inject
    Vertx vertx;

    @Inject
    Snail snail;

    @Inject
    Db db;

    @Inject
    Outbox outbox;

    @Inject
    OutboxRelay relay;

    @Inject
    Recorder recorder;

    private TestTenant tenant;

    @BeforeEach
    void company() {
        tenant = TestTenants.fresh();
    }

    @Test
    void committedMessageIsDelivered() throws Throwable {
        put("one", "a");
        await().atMost(Duration.ofSeconds(10)).until(() -> delivered().equals(List.of("a")));
        assertEquals("SENT", state("a"));
    }

    /** Many are under way at once; no line is written in another company's name. */
    @Test
    void whatIsWrittenWhileAMessageLeavesNamesItsCompany() throws Throwable {
        TestTenant other = TestTenants.fresh();
        try (LogLines lines = new LogLines(Voice.class.getName())) {
            for (int i = 0; i < 10; i++) {
                UUID whose = (i % 2 == 0 ? tenant : other).id();
                String dedupe = "v" + i;
                subscribeAndAwait(() ->
                        db.forTenant(whose, () -> outbox.put("test.voice", whose + "/" + dedupe, dedupe, Map.of())));
            }
            outbox.nudge();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> lines.with("has ").size() == 10);
            List<LogLines.Line> all = Stream.concat(lines.with("takes ").stream(), lines.with("has ").stream())
                    .toList();
            assertEquals(20, all.size());
            for (LogLines.Line line : all) {
                assertEquals(line.text().split("[ /]")[1], line.tenant(), line::toString);
            }
        }
    }

    @Test
    void theHandlerGetsThePayloadAsItWasPut() throws Throwable {
        put("one", "a");
        subscribeAndAwait(() -> db.acrossTenants(
                "test", tx -> outbox.put(tx, tenant.id(), "test.note", "one", "b", Map.of("text", "b"))));
        outbox.nudge();
        await().atMost(Duration.ofSeconds(10)).until(() -> delivered().equals(List.of("a", "b")));
        assertEquals(
                List.of("{\"text\": \"a\"}", "{\"text\": \"b\"}"),
                recorder.arrived.stream()
                        .filter(message -> message.tenantId().equals(tenant.id()))
                        .map(OutboxMessage::payload)
                        .toList());
    }

    @Test
    void rolledBackMessageIsNot() throws Throwable {
        try {
            subscribeAndAwait(() -> db.forTenant(tenant.id(), () -> outbox.put("test.note", "one", "gone", Map.of())
                    .chain(() -> Uni.createFrom().<Void>failure(new IllegalStateException("no")))));
        } catch (IllegalStateException expected) {
            assertEquals("no", expected.getMessage());
        }
        put("one", "after");
        await().atMost(Duration.ofSeconds(10)).until(() -> delivered().equals(List.of("after")));
    }

    @Test
    void sameDedupeKeyLeavesOnce() throws Throwable {
        put("one", "twice");
        put("one", "twice");
        put("one", "last");
        await().atMost(Duration.ofSeconds(10)).until(() -> delivered().contains("last"));
        assertEquals(List.of("twice", "last"), delivered());
    }

    @Test
    void failedOneHoldsBackItsKeyOnlyAndOrderIsKept() throws Throwable {
        String first = "first-" + tenant.code();
        recorder.refusals.put(first, new AtomicInteger(Integer.MAX_VALUE));
        put("slow", first);
        put("slow", "second");
        put("quick", "other");
        await().atMost(Duration.ofSeconds(10)).until(() -> delivered().contains("other"));
        await().atMost(Duration.ofSeconds(10)).until(() -> column(first, "last_error") != null);
        recorder.refusals.remove(first);
        await().atMost(Duration.ofSeconds(30)).until(() -> delivered().size() == 3);
        assertEquals(List.of("other", first, "second"), delivered());
    }

    @Test
    void hopelessOneBecomesADeadLetterAndLetsTheRestPass() throws Throwable {
        String poison = "poison-" + tenant.code();
        recorder.hopeless.put(poison, true);
        put("key", poison);
        put("key", "next");
        await().atMost(Duration.ofSeconds(10)).until(() -> delivered().equals(List.of("next")));
        assertEquals("DEAD", state(poison));
    }

    @Test
    void twoRelaysDeliverEachMessageOnce() throws Throwable {
        for (int i = 0; i < 300; i++) {
            put("key-" + i % 7, "m" + i);
        }
        subscribeAndAwait(() -> Uni.join().all(round(), round(), round()).andFailFast());
        await().atMost(Duration.ofSeconds(20)).until(() -> delivered().size() >= 300);
        assertEquals(300, delivered().size());
        assertEquals(300, delivered().stream().distinct().count());
        for (int key = 0; key < 7; key++) {
            String of = "key-" + key;
            List<Long> order = recorder.arrived.stream()
                    .filter(m -> m.tenantId().equals(tenant.id()) && m.key().equals(of))
                    .map(OutboxMessage::seq)
                    .toList();
            assertTrue(order.equals(order.stream().sorted().toList()), of + " out of order");
        }
    }

    @Test
    void allThatARoundTakesSetsOutAtOnceSoThatNothingIsInHandWhenItsLeaseEnds() throws Throwable {
        // Keeps the service's own lane busy, so that the one of the test has the messages to itself.
        String plug = "plug-" + tenant.code();
        put("test.steady", "plug", plug);
        await().atMost(Duration.ofSeconds(10)).until(() -> steady.plugs.containsKey(plug));
        subscribeAndAwait(() -> db.forTenant(tenant.id(), () -> {
            Uni<Void> all = Uni.createFrom().voidItem();
            for (int i = 0; i < Steady.ALL; i++) {
                String word = "key-" + i;
                all = all.chain(() -> outbox.put("test.steady", word, word, Map.of()));
            }
            return all;
        }));
        OutboxLane lane = new OutboxLane(
                () -> store.take("test.steady", config.batchSize(), config.lease()),
                steady,
                store,
                config,
                metrics,
                clock,
                vertx);
        assertEquals(Steady.ALL, subscribeAndAwait(lane::round));
        steady.plugs.get(plug).complete(null);
        assertEquals(Steady.ALL, steady.most.get());
    }

    @Test
    void slowReceiverOfOneKindHoldsUpNoOther() throws Throwable {
        String slow = "slow-" + tenant.code();
        put("test.slow", "one", slow);
        await().atMost(Duration.ofSeconds(10)).until(() -> snail.holding.containsKey(slow));
        for (int i = 0; i < 3; i++) {
            put("two", "quick-" + i);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> delivered().size() == 3);
        assertEquals("PENDING", stateNow(slow));
        snail.holding.get(slow).complete(null);
        assertEquals("SENT", state(slow));
    }

    @Test
    void messageThatNobodyHandlesWaitsAndIsTriedAgain() throws Throwable {
        String stray = "stray-" + tenant.code();
        put("test.of-a-newer-version", "one", stray);
        await().atMost(Duration.ofSeconds(10)).until(() -> column(stray, "last_error") != null);
        assertEquals("IllegalStateException: no handler for kind test.of-a-newer-version", column(stray, "last_error"));
        assertEquals("PENDING", stateNow(stray));
    }

    private Uni<Integer> round() {
        return relay.round("test.note");
    }

    private void put(String key, String dedupeKey) throws Throwable {
        put("test.note", key, dedupeKey);
    }

    private void put(String kind, String key, String dedupeKey) throws Throwable {
        subscribeAndAwait(
                () -> db.forTenant(tenant.id(), () -> outbox.put(kind, key, dedupeKey, Map.of("text", dedupeKey))));
    }

    private List<String> delivered() {
        return recorder.arrived.stream()
                .filter(m -> m.tenantId().equals(tenant.id()))
                .map(OutboxMessage::dedupeKey)
                .toList();
    }

    private String state(String dedupeKey) throws Throwable {
        await().atMost(Duration.ofSeconds(10)).until(() -> !stateNow(dedupeKey).equals("PENDING"));
        return stateNow(dedupeKey);
    }

    private String stateNow(String dedupeKey) {
        return column(dedupeKey, "state");
    }

    private String column(String dedupeKey, String column) {
        try {
            return subscribeAndAwait(() -> db.forTenantSql(tenant.id(), sql -> sql.query(
                            "select " + column + " from outbox_message where dedupe_key = '" + dedupeKey + "'")
                    .execute()
                    .map(rows -> rows.iterator().next().getString(0))));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
