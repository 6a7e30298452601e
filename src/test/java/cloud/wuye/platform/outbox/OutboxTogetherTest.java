package cloud.wuye.platform.outbox;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.db.Db;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages of a company that leave together. */
@QuarkusTest
class OutboxTogetherTest {
    private static final String POISON = "poison";

    /** A receiver that has something to do once for many, and cannot with one of them. */
    @Singleton
    static class Coach implements OutboxHandler {
        final List<List<OutboxMessage>> begun = new CopyOnWriteArrayList<>();
        final List<OutboxMessage> arrived = new CopyOnWriteArrayList<>();

        @Override
        public String kind() {
            return "test.coach";
        }

        @Override
        public Uni<List<Uni<Void>>> begin(List<OutboxMessage> messages) {
            begun.add(messages);
            return messages.stream().anyMatch(message -> message.key().equals(POISON))
                    ? Uni.createFrom().failure(new IllegalStateException("not with this one"))
                    : OutboxHandler.super.begin(messages);
        }

        @Override
        public Uni<Void> deliver(OutboxMessage message) {
            arrived.add(message);
            return message.key().equals("late")
                    ? Uni.createFrom().failure(new IllegalStateException("not now"))
                    : Uni.createFrom().voidItem();
        }
    }

    @Inject
    Coach coach;

    @Inject
    Db db;

    @Inject
    Outbox outbox;

    private final TestTenant one = TestTenants.fresh();
    private final TestTenant other = TestTenants.fresh();

    @Test
    void thoseOfACompanyBeginTogetherAndNeverWithAnothers() throws Throwable {
        put(one, IntStream.range(0, 30).mapToObj(i -> "key-" + i).toList());
        put(other, IntStream.range(0, 30).mapToObj(i -> "key-" + i).toList());
        await().atMost(Duration.ofSeconds(10)).until(() -> waiting(one) == 0 && waiting(other) == 0);
        for (TestTenant company : List.of(one, other)) {
            List<List<OutboxMessage>> of = begun(company);
            assertEquals(List.of(30), of.stream().map(List::size).toList());
            assertTrue(of.get(0).stream().allMatch(message -> message.tenantId().equals(company.id())));
            assertEquals(30, arrived(company).stream().distinct().count());
            assertEquals(30, arrived(company).size());
        }
    }

    @Test
    void oneThatCannotBeBegunKeepsNoOtherBack() throws Throwable {
        put(one, List.of("a", "b", POISON, "c"));
        await().atMost(Duration.ofSeconds(10)).until(() -> waiting(one) == 1);
        assertEquals(List.of("a", "b", "c"), arrived(one).stream().sorted().toList(), "each once");
        assertEquals(
                "IllegalStateException: not with this one",
                text("SELECT last_error FROM outbox_message WHERE tenant_id = $1 AND state = 'PENDING'", one));
    }

    @Test
    void oneThatFailsOnItsWayComesAgainAlone() throws Throwable {
        put(one, List.of("a", "late", "b"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> arrived(one).stream().filter("late"::equals).count() >= 2);
        assertEquals(
                List.of("a", "b"),
                arrived(one).stream()
                        .filter(key -> !key.equals("late"))
                        .sorted()
                        .toList());
    }

    private void put(TestTenant company, List<String> keys) throws Throwable {
        subscribeAndAwait(() -> db.forTenant(company.id(), () -> {
            Uni<Void> all = Uni.createFrom().voidItem();
            for (String key : keys) {
                all = all.chain(() -> outbox.put("test.coach", key, key, Map.of()));
            }
            return all;
        }));
    }

    private List<List<OutboxMessage>> begun(TestTenant company) {
        return coach.begun.stream()
                .filter(messages ->
                        messages.stream().anyMatch(message -> message.tenantId().equals(company.id())))
                .toList();
    }

    private List<String> arrived(TestTenant company) {
        return coach.arrived.stream()
                .filter(message -> message.tenantId().equals(company.id()))
                .map(OutboxMessage::key)
                .toList();
    }

    private int waiting(TestTenant company) throws Exception {
        return Integer.parseInt(text(
                "SELECT count(*)::text FROM outbox_message WHERE tenant_id = $1 AND kind = 'test.coach' AND state = 'PENDING'",
                company));
    }

    private String text(String sql, TestTenant company) throws Exception {
        try {
            return subscribeAndAwait(() -> db.acrossTenants("test", tx -> tx.preparedQuery(sql)
                    .execute(Tuple.of(company.id()))
                    .map(rows -> rows.iterator().next().getString(0))));
        } catch (Exception e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
