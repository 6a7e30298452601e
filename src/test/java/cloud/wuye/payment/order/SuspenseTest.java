package cloud.wuye.payment.order;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import cloud.wuye.ledger.TestBooks;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.money.Money;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.SimulatedPayments;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people do about money in suspense, and that the books agree with the list after each act. */
@QuarkusTest
class SuspenseTest {
    private static final String TO_ORDER =
            "mutation($i:ID!,$o:ID!){s:assignSuspenseItem(id:$i orderId:$o reason:\"slip\"){state orderId assignedBy}}";
    private static final String TO_SUBJECT =
            "mutation($i:ID!,$s:ID!){s:assignSuspenseItem(id:$i purpose:\"TEST_PURPOSE\""
                    + " subjectId:$s reason:\"slip\"){state orderId}}";
    private static final String PAY_BACK =
            "mutation($i:ID!){s:payBackSuspenseItem(id:$i reason:\"nobody's\"){state orderId}}";

    @Inject
    TestOrders orders;

    @Inject
    TestPurpose purpose;

    @Inject
    TestBooks books;

    @Inject
    RecordPayment record;

    @Inject
    Db db;

    @Inject
    Clock clock;

    private TestTenant company;
    private SimulatedPayments channel;

    @BeforeEach
    void companyWithAChannel() {
        company = TestTenants.fresh();
        channel = SimulatedPayments.fresh();
        channel.openFor(company.manager());
    }

    @AfterEach
    void theListIsWhatTheBooksHold() throws Throwable {
        long open = subscribeAndAwait(() -> db.forTenantSql(company.id(), tx -> tx.query(
                        "SELECT coalesce(sum(fen), 0)::bigint FROM suspense_item WHERE state = 'OPEN' AND currency = 'CNY'")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0))));
        assertEquals(Money.ofFen(-open).yuan().setScale(2).toPlainString(), books.balance(company, "SUSPENSE", null));
    }

    @Test
    void moneyOfNobodyStandsInTheListUntilSomebodyDealsWithIt() throws Throwable {
        UUID item = orders.inSuspense(company, "nobody-1");
        orders.inSuspense(company, "nobody-1");
        assertEquals(List.of("OPEN"), list("state"));
        assertEquals(List.of("no order has the number nobody-1"), list("why"));
        theListIsWhatTheBooksHold();
        finance()
                .refused(
                        "VALIDATION",
                        "mutation($i:ID!){assignSuspenseItem(id:$i reason:\"x\"){id}}",
                        "i",
                        item.toString());
        finance()
                .refused(
                        "NOT_FOUND",
                        TO_ORDER,
                        "i",
                        Ids.next().toString(),
                        "o",
                        Ids.next().toString());
        Graph.as(company.technician()).refused("FORBIDDEN", PAY_BACK, "i", item.toString());
    }

    @Test
    void assignedToASubjectItIsThatSubjectsCreditOnce() throws Throwable {
        UUID item = orders.inSuspense(company, "nobody-2");
        UUID subject = Ids.next();
        String order = finance()
                .ask(TO_SUBJECT, "i", item.toString(), "s", subject.toString())
                .getString("s.orderId");
        becomes(order, "CREDITED");
        assertEquals(
                order,
                finance()
                        .ask(TO_SUBJECT, "i", item.toString(), "s", subject.toString())
                        .getString("s.orderId"));
        finance()
                .refused(
                        "ILLEGAL_STATE",
                        TO_SUBJECT,
                        "i",
                        item.toString(),
                        "s",
                        Ids.next().toString());
        finance().refused("ILLEGAL_STATE", PAY_BACK, "i", item.toString());
        assertEquals(List.of("ASSIGNED"), list("state"));
        assertEquals("-7.00", books.balance(company, "CUSTOMER_CREDIT", subject));
        assertEquals("7.00", books.balance(company, "PSP_CLEARING", null));
        assertEquals("0.00", books.balance(company, "SUSPENSE", null));
        assertEquals(1, purpose.timesGiven(UUID.fromString(order)));
        // The news of the payment, come again, is known.
        orders.inSuspense(company, "nobody-2");
        assertEquals("7.00", books.balance(company, "PSP_CLEARING", null));
    }

    @Test
    void anUnpaidOrderOfExactlyThatAmountIsPaidByIt() throws Throwable {
        UUID item = suspended("nobody-3", 5030);
        UUID small = suspended("nobody-4", 5029);
        UUID order = orders.placed(company);
        finance().refused("VALIDATION", TO_ORDER, "i", small.toString(), "o", order.toString());
        JsonPath done = finance().ask(TO_ORDER, "i", item.toString(), "o", order.toString());
        assertEquals("ASSIGNED", done.getString("s.state"));
        becomes(order.toString(), "CREDITED");
        finance().ask(TO_ORDER, "i", item.toString(), "o", order.toString());
        assertEquals("-0.30", books.balance(company, "PAYMENT_FEE_INCOME", null));
        assertEquals("-50.29", books.balance(company, "SUSPENSE", null));
        finance().refused("ILLEGAL_STATE", TO_ORDER, "i", small.toString(), "o", order.toString());
        assertEquals(
                1,
                Graph.as(company.manager())
                        .ask("{a:auditEntries(first:50){nodes{act}}}")
                        .getList("a.nodes.findAll{it.act == 'suspense.assign'}")
                        .size());
    }

    @Test
    void whatBelongsToNobodyGoesBackWhenASecondPersonApproves() throws Throwable {
        UUID item = strangersPayment("stranger-1");
        String order = finance().ask(PAY_BACK, "i", item.toString()).getString("s.orderId");
        assertEquals(order, finance().ask(PAY_BACK, "i", item.toString()).getString("s.orderId"));
        assertEquals(List.of("OPEN"), list("state"));
        assertEquals(List.of("REQUESTED"), refunds(order, "state"));
        finance()
                .refused(
                        "REFUND_OPEN",
                        TO_SUBJECT,
                        "i",
                        item.toString(),
                        "s",
                        Ids.next().toString());
        theListIsWhatTheBooksHold();
        approve(order);
        await().until(() -> List.of("SENT").equals(refunds(order, "state")));
        assertEquals(List.of("REFUNDING"), list("state"));
        theListIsWhatTheBooksHold();
        channel.settle(refunds(order, "number").get(0));
        becomes(order, "REFUNDED");
        assertEquals(List.of("REFUNDED"), list("state"));
        assertEquals("0.00", books.balance(company, "PSP_CLEARING", null));
        assertEquals("0.00", books.balance(company, "REFUND_PAYABLE", null));
    }

    @Test
    void whatWasRefusedToGoBackCanStillBeAssigned() throws Throwable {
        UUID item = orders.inSuspense(company, "nobody-5");
        String held = finance().ask(PAY_BACK, "i", item.toString()).getString("s.orderId");
        Graph.as(company.as("he", Roles.MANAGER))
                .ask(
                        "mutation($i:ID!){rejectRefund(id:$i reason:\"known\"){state}}",
                        "i",
                        refunds(held, "id").get(0));
        UUID subject = Ids.next();
        String order = finance()
                .ask(TO_SUBJECT, "i", item.toString(), "s", subject.toString())
                .getString("s.orderId");
        becomes(order, "CREDITED");
        assertEquals("CLOSED", state(held));
        assertEquals("-7.00", books.balance(company, "CUSTOMER_CREDIT", subject));
        assertEquals("0.00", books.balance(company, "SUSPENSE", null));
    }

    @Test
    void anotherAmountThanAskedForGoesBackWholeOrPaysWhatItFits() throws Throwable {
        UUID order = orders.placed(company);
        channel.pay(orders.prepaid(company, order), "flaw", "WRONG_AMOUNT");
        becomes(order.toString(), "AMOUNT_MISMATCH");
        assertEquals(List.of("OPEN"), list("state"));
        assertEquals(List.of("5031 fen came for 5030"), list("why"));
        theListIsWhatTheBooksHold();
        finance()
                .refused(
                        "VALIDATION",
                        "mutation($i:ID!){requestRefund(orderId:$i amountFen:1 reason:\"part\"){id}}",
                        "i",
                        order.toString());
        UUID subject = Ids.next();
        String target = finance()
                .ask(TO_SUBJECT, "i", list("id").get(0), "s", subject.toString())
                .getString("s.orderId");
        becomes(target, "CREDITED");
        assertEquals("CLOSED", state(order.toString()));
        assertEquals("-50.31", books.balance(company, "CUSTOMER_CREDIT", subject));
        // Its notice, come again, is known: the payment stands with the other order.
        JsonPath left =
                finance().ask("query($i:ID!){o:paymentOrder(id:$i){attempts{number} paidFen}}", "i", order.toString());
        assertEquals(List.of(), left.getList("o.attempts.number"));
        assertEquals("0", left.getString("o.paidFen"));
    }

    @Test
    void refundOfAnotherAmountMovesItsItem() throws Throwable {
        UUID order = orders.placed(company);
        channel.pay(orders.prepaid(company, order), "flaw", "WRONG_AMOUNT");
        becomes(order.toString(), "AMOUNT_MISMATCH");
        finance().ask(PAY_BACK, "i", list("id").get(0));
        approve(order.toString());
        await().until(() -> List.of("REFUNDING").equals(list("state")));
        assertEquals("0.00", books.balance(company, "SUSPENSE", null));
        assertEquals("-50.31", books.balance(company, "REFUND_PAYABLE", null));
    }

    @Test
    void secondPaymentUnderOneNumberCanBeAssignedToo() throws Throwable {
        UUID order = orders.placed(company);
        String number = orders.prepaid(company, order);
        channel.pay(number);
        becomes(order.toString(), "CREDITED");
        UUID item = suspended(number, 900);
        UUID subject = Ids.next();
        String target = finance()
                .ask(TO_SUBJECT, "i", item.toString(), "s", subject.toString())
                .getString("s.orderId");
        becomes(target, "CREDITED");
        assertEquals("-9.00", books.balance(company, "CUSTOMER_CREDIT", subject));
        assertNull(finance()
                .ask("{s:suspenseItems(filter:{states:[OPEN]}){nodes{id}}}")
                .getString("s.nodes[0].id"));
    }

    /** The books know one currency: what came in another is seen, and nobody can do with it as if it were yuan. */
    @Test
    void anotherCurrencyIsOnTheListAndNowhereInTheBooks() throws Throwable {
        UUID order = orders.placed(company);
        String number = orders.prepaid(company, order);
        assertEquals(Recorded.MISMATCH, dollars(number, "T-usd-1"));
        assertEquals(Recorded.KNOWN, dollars(number, "T-usd-1"));
        assertEquals(Recorded.UNMATCHED, dollars("nobody-usd", "T-usd-2"));
        assertEquals(Recorded.KNOWN, dollars("nobody-usd", "T-usd-2"));
        becomes(order.toString(), "AMOUNT_MISMATCH");
        assertEquals(
                "0",
                finance()
                        .ask("query($i:ID!){o:paymentOrder(id:$i){paidFen}}", "i", order.toString())
                        .getString("o.paidFen"));
        assertEquals("0.00", books.balance(company, "SUSPENSE", null));
        assertEquals("0.00", books.balance(company, "PSP_CLEARING", null));
        assertEquals(List.of("USD", "USD"), list("currency"));
        assertEquals(List.of("5030", "5030"), list("foreignAmount"));
        assertEquals(Arrays.asList(null, null), list("amountFen"));
        for (String item : list("id")) {
            finance().refused("PAYMENT_NOT_POSSIBLE", PAY_BACK, "i", item);
            finance()
                    .refused(
                            "PAYMENT_NOT_POSSIBLE",
                            TO_SUBJECT,
                            "i",
                            item,
                            "s",
                            Ids.next().toString());
        }
        finance()
                .refused(
                        "REFUND_TOO_LARGE",
                        "mutation($i:ID!){requestRefund(orderId:$i amountFen:5000 reason:\"dollars\"){id}}",
                        "i",
                        order.toString());
    }

    /** Nobody can post it, so a person says what became of it: once, with a reason, and the order is free of it. */
    @Test
    void anotherCurrencyIsSettledByAPersonWithAReason() throws Throwable {
        UUID order = orders.placed(company);
        dollars(orders.prepaid(company, order), "T-usd-1");
        dollars("nobody-usd", "T-usd-2");
        String settle =
                "mutation($i:ID!,$h:ForeignSettlement!,$r:String!){s:settleForeignSuspenseItem(id:$i how:$h reason:$r)"
                        + "{state settlement reason assignedBy}}";
        Graph manager = Graph.as(company.manager());
        String held =
                finance().ask("{s:suspenseItems{nodes{id orderId}}}").getString("s.nodes.find{it.orderId != null}.id");
        String nobodys =
                finance().ask("{s:suspenseItems{nodes{id orderId}}}").getString("s.nodes.find{it.orderId == null}.id");
        finance().refused("FORBIDDEN", settle, "i", held, "h", "WRITTEN_OFF", "r", "no");
        manager.refused("VALIDATION", settle, "i", held, "h", "WRITTEN_OFF", "r", " ");
        JsonPath settled = manager.ask(settle, "i", held, "h", "REFUNDED_AT_CHANNEL", "r", "slip 4711");
        assertEquals(
                List.of("SETTLED", "REFUNDED_AT_CHANNEL", "slip 4711"),
                List.of(
                        settled.getString("s.state"),
                        settled.getString("s.settlement"),
                        settled.getString("s.reason")));
        becomes(order.toString(), "CLOSED");
        manager.ask(settle, "i", held, "h", "REFUNDED_AT_CHANNEL", "r", "again");
        manager.refused("ILLEGAL_STATE", settle, "i", held, "h", "WRITTEN_OFF", "r", "no");
        manager.ask(settle, "i", nobodys, "h", "WRITTEN_OFF", "r", "two cents");
        assertEquals(List.of("SETTLED", "SETTLED"), list("state"));
        assertEquals(Recorded.KNOWN, dollars("nobody-usd", "T-usd-2"), "its notice, come again, opens nothing");
        assertEquals("0.00", books.balance(company, "SUSPENSE", null));
        assertEquals(
                List.of("two cents", "slip 4711"),
                manager.ask("{a:auditEntries(first:50){nodes{act reason}}}")
                        .getList("a.nodes.findAll{it.act == 'suspense.settleForeign'}.reason"));
        UUID yuan = orders.inSuspense(company, "yuan");
        JsonPath refused = manager.refused("VALIDATION", settle, "i", yuan.toString(), "h", "WRITTEN_OFF", "r", "no");
        assertEquals("id", refused.getString("errors[0].extensions.field"));
        theListIsWhatTheBooksHold();
    }

    private Recorded dollars(String number, String transaction) throws Throwable {
        PaymentEvidence evidence =
                new PaymentEvidence(PayBy.WECHAT, number, transaction, 5030, "USD", true, clock.now());
        return subscribeAndAwait(() -> record.record(company.id(), evidence));
    }

    /** A payment of so much that belongs to no order. */
    private UUID suspended(String number, long fen) throws Throwable {
        PaymentEvidence nobodys =
                new PaymentEvidence(PayBy.WECHAT, number, "T-" + number, fen, "CNY", true, clock.now());
        assertEquals(Recorded.UNMATCHED, subscribeAndAwait(() -> record.record(company.id(), nobodys)));
        return UUID.fromString(finance()
                .ask("{s:suspenseItems(first:200){nodes{id transactionNo}}}")
                .getString("s.nodes.find{it.transactionNo == 'T-" + number + "'}.id"));
    }

    /** One that the channel knows and we do not, of which a notice came. */
    private UUID strangersPayment(String number) throws Throwable {
        UUID order = orders.placed(company);
        String ours = orders.prepaid(company, order);
        // Our books lose the number: what is left is a payment of nobody's.
        subscribeAndAwait(() -> db.forTenantSql(
                company.id(), tx -> tx.preparedQuery("UPDATE payment_attempt SET number = $2 WHERE order_id = $1")
                        .execute(Tuple.of(order, number))));
        channel.pay(ours);
        return UUID.fromString(list("id").get(0));
    }

    private void approve(String order) {
        Graph.as(company.as("he", Roles.MANAGER))
                .ask(
                        "mutation($i:ID!){approveRefund(id:$i){state}}",
                        "i",
                        refunds(order, "id").get(0));
    }

    private List<String> refunds(String order, String field) {
        return finance()
                .ask("query($i:ID!){r:refunds(filter:{orderId:$i}){nodes{id state number}}}", "i", order)
                .getList("r.nodes." + field);
    }

    private List<String> list(String field) {
        return finance().ask("{s:suspenseItems{nodes{" + field + "}}}").getList("s.nodes." + field);
    }

    private String state(String order) {
        return finance()
                .ask("query($i:ID!){o:paymentOrder(id:$i){state}}", "i", order)
                .getString("o.state");
    }

    private void becomes(String order, String state) {
        await("order becomes " + state).until(() -> state.equals(state(order)));
    }

    private Graph finance() {
        return Graph.as(company.finance());
    }
}
