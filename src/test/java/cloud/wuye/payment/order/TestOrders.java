package cloud.wuye.payment.order;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;

import cloud.wuye.payment.PrepayMethod;
import cloud.wuye.payment.order.OrderPurpose.Given;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Orders of {@link TestPurpose} for tests elsewhere, and how far they have come. */
@ApplicationScoped
public class TestOrders {
    private static final String STATE = "query($i:ID!){o:paymentOrder(id:$i){state}}";

    private final Db db;
    private final PlaceOrder place;
    private final PayOrder pay;
    private final RecordPayment record;
    private final OrderCredits credits;
    private final TestPurpose purpose;

    TestOrders(Db db, PlaceOrder place, PayOrder pay, RecordPayment record, OrderCredits credits, TestPurpose purpose) {
        this.db = db;
        this.place = place;
        this.pay = pay;
        this.record = record;
        this.credits = credits;
        this.purpose = purpose;
    }

    /** An order for 50 yuan that nobody has paid. */
    public UUID placed(TestTenant company) {
        return placed(company, Ids.next());
    }

    /** One that was paid in cash and credited. */
    public UUID credited(TestTenant company) {
        return paid(company, placed(company), "CREDITED");
    }

    /** One that was paid in cash and could not be credited. */
    public UUID creditFailed(TestTenant company) {
        UUID subject = Ids.next();
        purpose.mood.put(subject, Given.UNDER_WAY);
        UUID order = paid(company, placed(company, subject), "CREDITING");
        try {
            subscribeAndAwait(
                    () -> db.forTenantSql(company.id(), tx -> credits.failed(tx, order, "meter does not answer")));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        purpose.mood.remove(subject);
        return order;
    }

    /** Announces an order to the channel; gives the number that the channel knows it by. */
    public String prepaid(TestTenant company, UUID order) {
        try {
            subscribeAndAwait(() -> pay.byWeChat(company.id(), order, PrepayMethod.IN_APP, "openid-sun"));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        return Graph.as(company.finance())
                .ask("query($i:ID!){o:paymentOrder(id:$i){attempts{number}}}", "i", order.toString())
                .getString("o.attempts[0].number");
    }

    /** A payment of 7 yuan through the channel that belongs to no order. */
    public UUID inSuspense(TestTenant company, String number) {
        return inSuspense(company, number, "CNY");
    }

    /** The same in dollars, which no books hold. */
    public UUID dollarsInSuspense(TestTenant company, String number) {
        return inSuspense(company, number, "USD");
    }

    private UUID inSuspense(TestTenant company, String number, String currency) {
        PaymentEvidence nobodys = new PaymentEvidence(
                PayBy.WECHAT, number, "T-" + number, 700, currency, true, Instant.parse("2026-11-01T00:00:00Z"));
        try {
            subscribeAndAwait(() -> record.record(company.id(), nobodys));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        return UUID.fromString(Graph.as(company.finance())
                .ask("{s:suspenseItems(first:200){nodes{id number}}}")
                .getString("s.nodes.find{it.number == '" + number + "'}.id"));
    }

    private UUID placed(TestTenant company, UUID subject) {
        Caller resident = new Caller(company.id(), company.subject("sun"), "sun", Set.of(Roles.RESIDENT));
        Payer payer = new Payer(resident.subject(), "sun", PayerKind.MEMBER);
        NewOrder wanted = new NewOrder(TestPurpose.NAME, subject, "M-" + subject, payer, 5000, null, "top up");
        try {
            return subscribeAndAwait(() -> db.forTenantSql(company.id(), tx -> place.place(tx, resident, wanted)))
                    .id();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static UUID paid(TestTenant company, UUID order, String state) {
        Graph finance = Graph.as(company.finance());
        finance.ask(
                "mutation($i:ID!,$r:String!){takePayment(orderId:$i by:CASH receiptNo:$r){id}}",
                "i",
                order.toString(),
                "r",
                "R-" + order);
        await().until(() ->
                state.equals(finance.ask(STATE, "i", order.toString()).getString("o.state")));
        return order;
    }
}
