package cloud.wuye.device.metering.credit;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;

import cloud.wuye.device.command.CommandDeadlines;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.payment.order.NewOrder;
import cloud.wuye.payment.order.Payer;
import cloud.wuye.payment.order.PayerKind;
import cloud.wuye.payment.order.PlaceOrder;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;

/** Accounts of meters, orders that top them up, and the ticks of the clock, for tests. */
@ApplicationScoped
public class TestCredit {
    private final TestDevices tables;
    private final Db db;
    private final PlaceOrder place;
    private final WritePurchases write;
    private final CommandDeadlines deadlines;

    TestCredit(TestDevices tables, Db db, PlaceOrder place, WritePurchases write, CommandDeadlines deadlines) {
        this.tables = tables;
        this.db = db;
        this.place = place;
        this.write = write;
        this.deadlines = deadlines;
    }

    /** Opens an account for a meter at a service point of its own id. */
    void account(TestTenant company, UUID device, String authority, String unit) {
        String plan = Graph.as(company.manager())
                .ask(
                        "mutation($n:String!){createTariffPlan(input:{name:$n commodity:ELECTRICITY}){id}}",
                        "n",
                        "plan " + device)
                .getString("createTariffPlan.id");
        tables.run(
                "INSERT INTO meter_account (tenant_id, point_id, device_id, commodity, mode, authority, unit, plan_id, opened_at)"
                        + " VALUES (?, ?, ?, 'ELECTRICITY', 'PREPAID', ?, ?, ?, now())",
                company.id(),
                device,
                device,
                authority,
                unit,
                UUID.fromString(plan));
        tables.run(
                "INSERT INTO meter_balance (tenant_id, point_id, device_id, in_quantity, starts_at, charged_until, posted_at)"
                        + " VALUES (?, ?, ?, ?, now(), now(), now())",
                company.id(),
                device,
                device,
                unit.equals("QUANTITY"));
    }

    /** An order that was paid in cash, and is being credited. */
    UUID paid(TestTenant company, UUID point, long fen) {
        Caller resident = new Caller(company.id(), company.subject("sun"), "sun", Set.of(Roles.RESIDENT));
        Payer payer = new Payer(resident.subject(), "sun", PayerKind.MEMBER);
        NewOrder wanted = new NewOrder(WritePurpose.NAME, point, "M-" + point, payer, fen, null, "top up");
        UUID order = run(db.forTenantSql(company.id(), tx -> place.place(tx, resident, wanted)))
                .id();
        Graph.as(company.finance())
                .ask(
                        "mutation($i:ID!,$r:String!){takePayment(orderId:$i by:CASH receiptNo:$r){id}}",
                        "i",
                        order.toString(),
                        "r",
                        "R-" + order);
        await().until(() -> order(order).startsWith("CREDITING"));
        return order;
    }

    /** Lets whatever is due be gone on with. */
    void tick() {
        run(write.sweep());
    }

    /** Lets deadlines of commands pass. */
    void deadlines() {
        run(deadlines.sweep());
    }

    /** Ticks until an order and what it bought stand so. */
    void until(UUID order, String stand) {
        await(order + " " + stand).until(() -> {
            tick();
            return stand.equals(order(order));
        });
    }

    /** State of an order, and of what it bought. */
    String order(UUID order) {
        return tables.one(
                "SELECT o.state, p.state FROM payment_order o LEFT JOIN meter_purchase p ON p.order_id = o.id WHERE o.id = ?",
                order);
    }

    /** A purchase that was given up, as a victim of curious neighbours. */
    public UUID failedPurchase(TestTenant company, UUID device) {
        UUID id = Ids.next();
        tables.run(
                "INSERT INTO meter_purchase (id, tenant_id, point_id, device_id, kind, reference, quantity, state, why, created_at,"
                        + " by_subject, by_name) VALUES (?, ?, ?, ?, 'CARRIED', ?, 1, 'FAILED', 'REFUSED', now(), 'x', 'x')",
                id,
                company.id(),
                device,
                device,
                "X" + id);
        tables.run(
                "INSERT INTO meter_credit_report (tenant_id, device_id, credit, reported_at, last_number) VALUES (?, ?, 1, now(), 1)"
                        + " ON CONFLICT DO NOTHING",
                company.id(),
                device);
        return id;
    }

    static <T> T run(Uni<T> work) {
        try {
            return subscribeAndAwait(() -> work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
