package cloud.wuye.payment.order;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Something to buy in tests: gives as told, and counts how often. */
@Singleton
class TestPurpose implements OrderPurpose {
    static final String NAME = "TEST_PURPOSE";

    /** What becomes of a subject's orders; DONE unless told otherwise. */
    final Map<UUID, Given> mood = new ConcurrentHashMap<>();
    /** How often giving to this subject shall break down first. */
    final Map<UUID, AtomicInteger> trouble = new ConcurrentHashMap<>();

    final Map<UUID, AtomicInteger> given = new ConcurrentHashMap<>();
    /** Subjects that have used what they bought. */
    final Map<UUID, Boolean> used = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Uni<Given> give(SqlConnection tx, PaidOrder order) {
        AtomicInteger left = trouble.get(order.subjectId());
        if (left != null && left.getAndDecrement() > 0) {
            return Uni.createFrom().failure(new IllegalStateException("not now"));
        }
        given.computeIfAbsent(order.id(), id -> new AtomicInteger()).incrementAndGet();
        return Uni.createFrom().item(mood.getOrDefault(order.subjectId(), Given.DONE));
    }

    @Override
    public Uni<Void> takeBack(SqlConnection tx, PaidOrder order, long fen) {
        return used.containsKey(order.subjectId())
                ? Uni.createFrom().failure(new Problem(ProblemCode.ILLEGAL_STATE, null, "USED"))
                : Uni.createFrom().voidItem();
    }

    @Override
    public Uni<NewOrder> forFoundMoney(SqlConnection tx, UUID subjectId, long fen) {
        Payer payer = new Payer("sun", "sun", PayerKind.MEMBER);
        return Uni.createFrom().item(new NewOrder(NAME, subjectId, "M-" + subjectId, payer, fen, null, "found"));
    }

    int timesGiven(UUID order) {
        AtomicInteger times = given.get(order);
        return times == null ? 0 : times.get();
    }
}
