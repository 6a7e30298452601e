package cloud.wuye.payment.order;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/**
 * Use case: a person has settled a payment in another currency with the channel, or gives it up. The books hold yuan only, so nothing
 * is posted: who did it, how and why stands with the item and in the audit log. An order that had held it is closed, unpaid.
 */
@ApplicationScoped
class SettleForeign {
    private final Db db;
    private final SuspenseItems items;
    private final SuspenseMoney money;
    private final PaymentOrders orders;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    SettleForeign(
            Db db,
            SuspenseItems items,
            SuspenseMoney money,
            PaymentOrders orders,
            Audit audit,
            CurrentCaller currentCaller,
            Clock clock) {
        this.db = db;
        this.items = items;
        this.money = money;
        this.orders = orders;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /** Settled the same way before, it stays as it is; another way, it is refused. */
    Uni<SuspenseItem> settle(UUID id, ForeignSettlement how, String reason) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> money.locked(tx, id).flatMap(held -> {
            SuspenseItem item = held.item();
            if (item.ofTheBooks()) {
                throw new Problem(
                        ProblemCode.VALIDATION,
                        "id",
                        Detail.of("该款项为人民币，请认领或退回", "it is in yuan: assign it or pay it back"));
            }
            if (item.settlement() == how) {
                return Uni.createFrom().item(item);
            }
            if (item.state() != SuspenseState.OPEN) {
                throw new Problem(ProblemCode.ILLEGAL_STATE, null, item.state());
            }
            return items.settled(tx, item, how, caller, reason)
                    .chain(() -> close(tx, held.holder(), item))
                    .chain(() -> record(tx, caller, item, how, reason))
                    .chain(() -> items.find(tx, id));
        }));
    }

    /** Of an order that was paid otherwise, the money too much has been settled; the order stays as it is. */
    private Uni<Void> close(SqlConnection tx, PaymentOrder holder, SuspenseItem item) {
        if (holder == null || holder.state != OrderState.AMOUNT_MISMATCH || holder.paidFen != 0) {
            return Uni.createFrom().voidItem();
        }
        holder.unpaid(clock.now(), "its payment in " + item.currency() + " was settled with the channel");
        return orders.save(tx, holder);
    }

    private Uni<Void> record(SqlConnection tx, Caller caller, SuspenseItem item, ForeignSettlement how, String reason) {
        return audit.record(
                tx,
                caller,
                "suspense.settleForeign",
                "SuspenseItem",
                item.id(),
                Map.of("state", item.state()),
                Map.of("state", SuspenseState.SETTLED, "how", how, "amount", item.fen(), "currency", item.currency()),
                reason);
    }
}
