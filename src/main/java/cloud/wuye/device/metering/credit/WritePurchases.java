package cloud.wuye.device.metering.credit;

import cloud.wuye.device.command.CommandOrigin;
import cloud.wuye.device.command.CreditOps;
import cloud.wuye.device.command.CreditPurchase;
import cloud.wuye.device.command.DeviceCommand;
import cloud.wuye.device.command.DeviceCommands;
import cloud.wuye.device.command.Order;
import cloud.wuye.device.command.SendCommands;
import cloud.wuye.device.metering.credit.MeterPurchases.Due;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.schedule.Batches;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Use case: goes on with whatever is to be written to meters. One write of a meter at a time, each under the meter's next
 * number, and none while it is in doubt whether the meter took the one before.
 */
@ApplicationScoped
public class WritePurchases {
    private static final Logger LOG = Logger.getLogger(WritePurchases.class);
    private static final Duration LATER = Duration.ofMinutes(1);

    private final Db db;
    private final MeterPurchases purchases;
    private final MeterClears clears;
    private final SettlePurchase settle;
    private final DeviceCommands commands;
    private final SendCommands send;
    private final Clock clock;

    WritePurchases(
            Db db,
            MeterPurchases purchases,
            MeterClears clears,
            SettlePurchase settle,
            DeviceCommands commands,
            SendCommands send,
            Clock clock) {
        this.db = db;
        this.purchases = purchases;
        this.clears = clears;
        this.settle = settle;
        this.commands = commands;
        this.send = send;
        this.clock = clock;
    }

    /** Everything that is due now; tells at how many meters that was. */
    public Uni<Integer> sweep() {
        return db.acrossTenants("purchases to be written", tx -> purchases.due(tx, clock.now(), Batches.SIZE))
                .flatMap(this::all)
                .invoke(count -> {
                    if (count > 0) {
                        send.hurry();
                    }
                });
    }

    /** One meter that fails does not stop the others, and is come back to later. */
    private Uni<Integer> all(List<Due> due) {
        Uni<Integer> count = Uni.createFrom().item(0);
        for (Due each : due) {
            count = count.flatMap(done -> goOn(each)
                    .replaceWith(done + 1)
                    .onFailure()
                    .call(failure -> {
                        LOG.warnf(
                                failure, "credit of meter %s could not be gone on with; later again", each.deviceId());
                        return db.forTenantSql(
                                each.tenantId(),
                                tx -> purchases.putOff(tx, each, clock.now().plus(LATER)));
                    })
                    .onFailure()
                    .recoverWithItem(done));
        }
        return count;
    }

    private Uni<Void> goOn(Due due) {
        return db.forTenantSql(due.tenantId(), tx -> purchases.ended(tx, due.deviceId(), clock.now()))
                .flatMap(ended -> {
                    Uni<Void> all = Uni.createFrom().voidItem();
                    for (MeterPurchase each : ended) {
                        all = all.chain(() -> db.forTenantSql(due.tenantId(), tx -> settle.settle(tx, each)));
                    }
                    return all;
                })
                .chain(() -> db.forTenantSql(due.tenantId(), tx -> next(tx, due)));
    }

    /** Commands first, then purchases: the order in which the meter's answers take them. */
    private Uni<Void> next(SqlConnection tx, Due due) {
        List<UUID> meter = List.of(due.deviceId());
        return commands.openInLane(tx, due.tenantId(), meter, CreditOps.LANE)
                .flatMap(open -> commands.unknownInLane(tx, due.tenantId(), meter, CreditOps.LANE)
                        .map(unknown -> open.isEmpty() && unknown.isEmpty()))
                .flatMap(free -> purchases.next(tx, due.deviceId()).flatMap(purchase -> {
                    Instant now = clock.now();
                    if (purchase == null) {
                        return Uni.createFrom().voidItem();
                    }
                    if (!free || purchase.lookAt.isAfter(now)) {
                        return putOff(tx, purchase, now);
                    }
                    return write(tx, purchase, now);
                }));
    }

    private Uni<Void> putOff(SqlConnection tx, MeterPurchase purchase, Instant now) {
        if (purchase.lookAt.isAfter(now)) {
            return Uni.createFrom().voidItem();
        }
        purchase.later(now.plus(LATER));
        return purchases.save(tx, purchase);
    }

    private Uni<Void> write(SqlConnection tx, MeterPurchase purchase, Instant now) {
        return purchase.kind == PurchaseKind.CLEAR
                ? clear(tx, purchase, now)
                : write(tx, purchase, Order.PATIENCE, now);
    }

    /** What is left may have become another sum while it waited. */
    private Uni<Void> clear(SqlConnection tx, MeterPurchase purchase, Instant now) {
        return clears.ofPurchase(tx, purchase)
                .flatMap(clear -> purchases.left(tx, purchase.deviceId).flatMap(left -> {
                    if (LastWord.serves(left, clear.remainder(), now)) {
                        return write(tx, purchase, LastWord.mayBeOld(clear.remainder()), now);
                    }
                    purchase.tooLate(now);
                    return purchases.save(tx, purchase);
                }));
    }

    private Uni<Void> write(SqlConnection tx, MeterPurchase purchase, Duration waiting, Instant now) {
        return purchases.nextNumber(tx, purchase.deviceId).flatMap(number -> send.queue(
                        tx, purchase.tenantId, List.of(order(purchase, number).waiting(waiting)))
                .flatMap(queued -> {
                    if (queued.isEmpty()) {
                        return putOff(tx, purchase, now);
                    }
                    DeviceCommand command = queued.get(0);
                    purchase.writing(command, number);
                    return purchases.save(tx, purchase);
                }));
    }

    private static Order order(MeterPurchase purchase, long number) {
        Caller by = Caller.system(purchase.tenantId);
        CreditPurchase what = new CreditPurchase(purchase.reference, number, purchase.quantity);
        return purchase.kind == PurchaseKind.CLEAR
                ? CreditOps.set(by, CommandOrigin.SYSTEM, purchase.deviceId, what, purchase.reason, purchase.id)
                : CreditOps.add(by, CommandOrigin.SYSTEM, purchase.deviceId, what, purchase.reason, purchase.id);
    }
}
