package cloud.wuye.payment.order;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cloud.wuye.ledger.TestBooks;
import cloud.wuye.payment.Prepaid;
import cloud.wuye.payment.PrepayMethod;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.SimulatedPayments;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders that are paid through WeChat Pay, with a simulated channel that speaks its protocol and makes its mistakes. */
@QuarkusTest
class ChannelStoryTest {
    private static final String ORDER =
            "query($i:ID!){o:paymentOrder(id:$i){state orderNo paidFen attempts{number state surplus}}}";

    private static final String QUOTE =
            "query($i:ID!,$a:Long){q:quoteRefund(orderId:$i amountFen:$a){amountFen surchargeFen totalFen mostFen}}";

    @Inject
    TestOrders orders;

    @Inject
    PayOrder pay;

    @Inject
    WatchPayments watch;

    @Inject
    TestPurpose purpose;

    @Inject
    TestBooks books;

    @Inject
    Clock clock;

    private TestTenant company;
    private SimulatedPayments channel;
    private UUID order;

    @BeforeEach
    void companyWithAChannel() {
        company = TestTenants.fresh();
        channel = SimulatedPayments.fresh();
        channel.openFor(company.manager());
        order = orders.placed(company);
    }

    @AfterEach
    void rightTime() {
        clock.reset();
        channel.order("clock", Map.of());
        channel.order("faults/forget", Map.of());
    }

    @Test
    void payingLeadsToANoticeAndTheNoticeToCredit() throws Throwable {
        assertInstanceOf(Prepaid.ClientParameters.class, prepay(PrepayMethod.IN_APP));
        assertEquals(List.of(204), channel.pay(number(1)));
        becomes("CREDITED");
        assertEquals(List.of(204, 204, 204), channel.tell(number(1), "times", 3));
        assertEquals(1, purpose.timesGiven(order));
        assertEquals("50.30", books.balance(company, "PSP_CLEARING", null));
    }

    @Test
    void lostNoticeIsMadeUpForByAsking() throws Throwable {
        prepay(PrepayMethod.IN_APP);
        channel.pay(number(1), "notices", 0);
        assertEquals("PENDING", state());
        later(Duration.ofSeconds(20));
        sweep();
        becomes("CREDITED");
    }

    @Test
    void orderWhoseTimeIsOverIsClosedAtTheChannelFirst() throws Throwable {
        prepay(PrepayMethod.IN_APP);
        later(Duration.ofMinutes(31));
        sweep();
        assertEquals("CLOSED", state());
        assertEquals(List.of("CLOSED"), attempts("state"));
        Problem refused = assertThrows(Problem.class, () -> prepay(PrepayMethod.IN_APP));
        assertEquals(ProblemCode.ILLEGAL_STATE, refused.code());
    }

    @Test
    void paymentInTheMomentOfTheCloseIsFoundAndCredited() throws Throwable {
        prepay(PrepayMethod.IN_APP);
        channel.pay(number(1), "notices", 0);
        finance().ask("mutation($i:ID!){closePaymentOrder(orderId:$i){state}}", "i", order.toString());
        becomes("CREDITED");
        assertEquals(1, purpose.timesGiven(order));
    }

    @Test
    void latePaymentOfAClosedOrderIsCreditedByItsNotice() throws Throwable {
        prepay(PrepayMethod.IN_APP);
        finance().ask("mutation($i:ID!){closePaymentOrder(orderId:$i){state}}", "i", order.toString());
        assertEquals("CLOSED", state());
        assertEquals(List.of(204), channel.pay(number(1), "late", true));
        becomes("CREDITED");
    }

    @Test
    void noticeOfAWrongAmountStandsInSuspense() throws Throwable {
        prepay(PrepayMethod.IN_APP);
        channel.pay(number(1), "flaw", "WRONG_AMOUNT");
        becomes("AMOUNT_MISMATCH");
        assertEquals(0, purpose.timesGiven(order));
        assertEquals("-50.31", books.balance(company, "SUSPENSE", null));
    }

    @Test
    void channelThatCutsOffIsAskedAgainAndTheAttemptStaysOne() throws Throwable {
        channel.fault("DONE_BUT_CUT", "/pay/transactions");
        Problem away = assertThrows(Problem.class, () -> prepay(PrepayMethod.IN_APP));
        assertEquals(ProblemCode.UNAVAILABLE, away.code());
        prepay(PrepayMethod.IN_APP);
        assertEquals(1, attempts("number").size());
        channel.pay(number(1));
        becomes("CREDITED");
    }

    @Test
    void paidTwiceByTwoWaysGoesBackOnceThroughTheChannel() throws Throwable {
        prepay(PrepayMethod.IN_APP);
        prepay(PrepayMethod.QR);
        channel.pay(number(2));
        becomes("CREDITED");
        channel.pay(number(1));
        await().until(() -> refunds("state").equals(List.of("SENT")));
        channel.settle(refundNumber());
        await().until(() -> refunds("state").equals(List.of("SUCCEEDED")));
        assertEquals("CREDITED", state());
        assertEquals("0.00", books.balance(company, "REFUND_PAYABLE", null));
        assertEquals("50.30", books.balance(company, "PSP_CLEARING", null));
    }

    @Test
    void refundOfUnknownOutcomeIsAskedAboutAndNeverPaidTwice() throws Throwable {
        creditedThroughTheChannel();
        channel.fault("DONE_BUT_CUT", "/refund/domestic/refunds");
        refund(5000);
        await().until(() -> refunds("state").equals(List.of("UNKNOWN")));
        assertEquals("REFUNDING", state());
        channel.settle(refundNumber(), "notices", 0);
        later(Duration.ofMinutes(10));
        sweep();
        becomes("REFUNDED");
        assertEquals("0.00", books.balance(company, "PSP_CLEARING", null));
        assertEquals("0.00", books.balance(company, "REFUND_PAYABLE", null));
    }

    @Test
    void refundThatNeverArrivedIsSentAgain() throws Throwable {
        creditedThroughTheChannel();
        channel.fault("CUT", "/refund/domestic/refunds");
        refund(1000);
        await().until(() -> refunds("state").equals(List.of("UNKNOWN")));
        later(Duration.ofMinutes(10));
        sweep();
        await().until(() -> refunds("state").equals(List.of("SENT")));
        channel.settle(refundNumber());
        becomes("PARTIALLY_REFUNDED");
    }

    @Test
    void refundThatTheChannelGivesUpStaysOwedUntilAPersonPaysItOut() throws Throwable {
        creditedThroughTheChannel();
        refund(5000);
        await().until(() -> refunds("state").equals(List.of("SENT")));
        channel.settle(refundNumber(), "state", "ABNORMAL");
        becomes("REFUND_FAILED");
        assertEquals("-50.30", books.balance(company, "REFUND_PAYABLE", null));
        String payOut = "mutation($i:ID!){payOutRefund(id:$i receiptNo:\"B-7\"){state}}";
        finance().refused("CASH_DESK_TOO_LOW", payOut, "i", refunds("id").get(0));
        becomes("REFUND_FAILED");
        orders.credited(company);
        orders.credited(company);
        assertEquals("100.00", books.balance(company, "CASH_DESK", null));
        finance().ask(payOut, "i", refunds("id").get(0));
        becomes("REFUNDED");
        assertEquals("0.00", books.balance(company, "REFUND_PAYABLE", null));
        assertEquals("49.70", books.balance(company, "CASH_DESK", null));
    }

    /** Fifty of 50.00 + 0.30 is all of it: a refund is asked for in price, and a quote says what goes with it. */
    @Test
    void surchargeGoesBackWithThePriceAndTheQuoteSaysHowMuch() throws Throwable {
        creditedThroughTheChannel();
        assertEquals(List.of("5000", "30", "5030", "5000"), quoted(null));
        assertEquals(List.of("1667", "10", "1677", "5000"), quoted(1667L));
        finance().refused("REFUND_TOO_LARGE", QUOTE, "i", order.toString(), "a", 5001);
        finance().refused("VALIDATION", QUOTE, "i", order.toString(), "a", 0);
        finance().refused("NOT_FOUND", QUOTE, "i", company.id().toString());
        refundArrives(1667);
        becomes("PARTIALLY_REFUNDED");
        assertEquals(List.of("3333", "20", "3353", "3333"), quoted(null));
        assertEquals("-0.20", books.balance(company, "PAYMENT_FEE_INCOME", null));
        refundArrives(3333);
        becomes("REFUNDED");
        for (String account : List.of("PAYMENT_FEE_INCOME", "REFUND_PAYABLE", "PSP_CLEARING")) {
            assertEquals("0.00", books.balance(company, account, null), account);
        }
        finance().refused("REFUND_TOO_LARGE", QUOTE, "i", order.toString());
    }

    /** The clerk takes the price; the payer confirms in the channel all the same: what came there goes back, surcharge and all. */
    @Test
    void paidAtTheCounterWithoutAFeeAndThenThroughTheChannelWithOne() throws Throwable {
        prepay(PrepayMethod.QR);
        channel.order("refunds/delay", Map.of());
        finance().ask("mutation($i:ID!){takePayment(orderId:$i by:CASH receiptNo:\"R-1\"){id}}", "i", order.toString());
        becomes("CREDITED");
        channel.pay(number(1));
        await().until(() -> refunds("state").equals(List.of("SENT")));
        channel.settle(refundNumber());
        await().until(() -> refunds("state").equals(List.of("SUCCEEDED")));
        assertEquals("50.00", books.balance(company, "CASH_DESK", null));
        assertEquals("0.00", books.balance(company, "PSP_CLEARING", null));
        assertEquals("0.00", books.balance(company, "PAYMENT_FEE_INCOME", null));
        assertEquals(List.of("5000", "0", "5000", "5000"), quoted(null));
    }

    private List<String> quoted(Long fen) {
        JsonPath quote = finance().ask(QUOTE, "i", order.toString(), "a", fen);
        return Stream.of("amountFen", "surchargeFen", "totalFen", "mostFen")
                .map(each -> quote.getString("q." + each))
                .toList();
    }

    private void refundArrives(long fen) {
        refund(fen);
        await().until(() -> refunds("state").get(0).equals("SENT"));
        channel.settle(refundNumber());
    }

    private void creditedThroughTheChannel() throws Throwable {
        prepay(PrepayMethod.IN_APP);
        channel.pay(number(1));
        becomes("CREDITED");
        channel.order("refunds/delay", Map.of());
    }

    private void refund(long fen) {
        String id = finance()
                .ask(
                        "mutation($i:ID!,$a:Long!){r:requestRefund(orderId:$i amountFen:$a reason:\"moved out\"){id}}",
                        "i",
                        order.toString(),
                        "a",
                        fen)
                .getString("r.id");
        Graph.as(company.as("he", Roles.MANAGER)).ask("mutation($i:ID!){approveRefund(id:$i){state}}", "i", id);
    }

    /** For us and for the channel. */
    private void later(Duration span) {
        Instant then = clock.now().plus(span);
        clock.set(then);
        channel.order("clock", Map.of("now", then.toString()));
    }

    private Prepaid prepay(PrepayMethod method) throws Throwable {
        return subscribeAndAwait(
                () -> pay.byWeChat(company.id(), order, method, method == PrepayMethod.IN_APP ? "openid-sun" : null));
    }

    private void sweep() throws Throwable {
        subscribeAndAwait(watch::sweep);
    }

    private String number(int attempt) {
        return attempts("number").get(attempt - 1);
    }

    private List<String> attempts(String field) {
        return finance().ask(ORDER, "i", order.toString()).getList("o.attempts." + field);
    }

    private String state() {
        return finance().ask(ORDER, "i", order.toString()).getString("o.state");
    }

    private void becomes(String state) {
        await("order becomes " + state).until(() -> state.equals(state()));
    }

    private List<String> refunds(String field) {
        return finance()
                .ask("query($i:ID!){r:refunds(filter:{orderId:$i}){nodes{id state number}}}", "i", order.toString())
                .getList("r.nodes." + field);
    }

    private String refundNumber() {
        return refunds("number").get(0);
    }

    private Graph finance() {
        return Graph.as(company.finance());
    }
}
