package cloud.wuye.device.metering.credit;

import static org.awaitility.Awaitility.await;

import cloud.wuye.device.command.CommandDeadlines;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.metering.account.CreditMoveKind;
import cloud.wuye.device.metering.account.Credits;
import cloud.wuye.device.metering.account.PostpaidMeters;
import cloud.wuye.ledger.Account;
import cloud.wuye.ledger.AccountKind;
import cloud.wuye.ledger.Entry;
import cloud.wuye.ledger.Ledger;
import cloud.wuye.ledger.Source;
import cloud.wuye.payment.order.NewOrder;
import cloud.wuye.payment.order.Payer;
import cloud.wuye.payment.order.PayerKind;
import cloud.wuye.payment.order.PlaceOrder;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.Work;
import io.restassured.path.json.JsonPath;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Accounts of meters, orders that top them up, and the ticks of the clock, for tests. */
@ApplicationScoped
public class TestCredit {
    static final String CLEAR =
            "mutation($d:ID!,$r:Remainder!,$k:String!){c:clearMeter(deviceId:$d reason:\"moved out\" remainder:$r"
                    + " clientKey:$k){id state before after refundFen}}";

    private final TestDevices tables;
    private final Db db;
    private final PlaceOrder place;
    private final WritePurchases write;
    private final CommandDeadlines deadlines;
    private final DrawOwnUsage draw;
    private final PostpaidMeters meters;
    private final Credits credits;
    private final Ledger ledger;
    private final Clock clock;

    TestCredit(
            TestDevices tables,
            Db db,
            PlaceOrder place,
            WritePurchases write,
            CommandDeadlines deadlines,
            DrawOwnUsage draw,
            PostpaidMeters meters,
            Credits credits,
            Ledger ledger,
            Clock clock) {
        this.tables = tables;
        this.db = db;
        this.place = place;
        this.write = write;
        this.deadlines = deadlines;
        this.draw = draw;
        this.meters = meters;
        this.credits = credits;
        this.ledger = ledger;
        this.clock = clock;
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
        if (authority.equals("METER")) {
            tables.run(
                    "INSERT INTO meter_own_credit (tenant_id, point_id, device_id, counted_before, look_at, looked_at)"
                            + " VALUES (?, ?, ?, 0, now(), now())",
                    company.id(),
                    device,
                    device);
        }
    }

    /** An account whose meter says 3 kWh although nothing was bought; looked at by now. */
    public UUID differing(TestTenant company) {
        UUID device = meters.meter(company, Commodity.ELECTRICITY);
        account(company, device, "METER", "QUANTITY");
        Instant at = clock.now().minusSeconds(60);
        tables.run(
                "UPDATE meter_balance SET starts_at = ? WHERE point_id = ?",
                Timestamp.from(at.minusSeconds(3600)),
                device);
        meters.read(company, device, at, "7");
        says(company, device, at, "3");
        draw();
        return device;
    }

    /** With the reading of that time the meter said so of its credit. */
    void says(TestTenant company, UUID device, Instant at, String credit) {
        tables.run(
                "INSERT INTO meter_credit_report (tenant_id, device_id, credit, reported_at, read_credit, read_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (tenant_id, device_id) DO UPDATE SET credit = excluded.credit,"
                        + " reported_at = excluded.reported_at, read_credit = excluded.read_credit, read_at = excluded.read_at",
                company.id(),
                device,
                new BigDecimal(credit),
                Timestamp.from(at),
                new BigDecimal(credit),
                Timestamp.from(at));
    }

    /** So much is bought and is in the meter, as when a purchase has been written. */
    void bought(TestTenant company, UUID point, String quantity) {
        Source source = new Source("test", Ids.next().toString(), "written");
        Work.run(db.forTenantSql(company.id(), tx -> credits.move(
                        tx,
                        new Credits.Wanted(
                                company.id(),
                                point,
                                CreditMoveKind.TOP_UP,
                                new BigDecimal(quantity),
                                0,
                                source,
                                Caller.system(company.id()),
                                null))
                .chain(() -> ledger.post(
                        tx,
                        List.of(Entry.of(company.id(), source)
                                .occurredAt(clock.now())
                                .debit(Account.of(AccountKind.ENERGY_SOLD), new BigDecimal(quantity))
                                .credit(Account.of(AccountKind.ENERGY_CREDIT, point), new BigDecimal(quantity))
                                .build())))));
    }

    /** Lets the day's usage lower credit, and the meters' word be compared. */
    void draw() {
        Work.run(draw.now());
    }

    /** The manager has a meter cleared, or asks again under the same key. */
    JsonPath clear(TestTenant company, UUID meter, String remainder, String key) {
        return Graph.as(company.manager()).ask(CLEAR, "d", meter.toString(), "r", remainder, "k", key);
    }

    /** An order that was paid in cash, and is being credited. */
    UUID paid(TestTenant company, UUID point, long fen) {
        Caller resident = new Caller(company.id(), company.subject("sun"), "sun", Set.of(Roles.RESIDENT));
        Payer payer = new Payer(resident.subject(), "sun", PayerKind.MEMBER);
        NewOrder wanted = new NewOrder(WritePurpose.NAME, point, "M-" + point, payer, fen, null, "top up");
        UUID order = Work.run(db.forTenantSql(company.id(), tx -> place.place(tx, resident, wanted)))
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
        Work.run(write.sweep());
    }

    /** Lets deadlines of commands pass. */
    void deadlines() {
        Work.run(deadlines.sweep());
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
}
