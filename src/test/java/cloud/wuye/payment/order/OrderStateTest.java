package cloud.wuye.payment.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderStateTest {
    private static final Instant NOON = Instant.parse("2026-11-26T04:00:00Z");

    static PaymentOrder order(long payableFen) {
        PaymentOrder order = new PaymentOrder();
        order.payableFen = payableFen;
        order.terms = PaymentTerms.USUAL;
        order.surchargeFen = order.terms.surchargeFen(payableFen);
        return order;
    }

    private static void refused(ProblemCode code, Runnable act) {
        assertEquals(code, assertThrows(Problem.class, act::run).code());
    }

    @ParameterizedTest
    @CsvSource({"5000, 30", "1, 0", "83, 0", "84, 1", "100, 1", "10000, 60", "99999999, 600000"})
    void surchargeIsHalfUpToTheFen(long payable, long surcharge) {
        assertEquals(surcharge, PaymentTerms.USUAL.surchargeFen(payable));
        PaymentTerms company = new PaymentTerms(new BigDecimal("0.006"), FeePayer.COMPANY, Duration.ofMinutes(5));
        assertEquals(0, company.surchargeFen(payable));
    }

    @Test
    void paidOnTimeIsCredited() {
        PaymentOrder order = order(5000);
        assertEquals(5030, order.dueFen());
        assertTrue(order.paid(5030, true, NOON));
        assertEquals(OrderState.PAID, order.state);
        order.crediting();
        order.credited(NOON);
        assertEquals(OrderState.CREDITED, order.state);
    }

    @Test
    void secondPaymentIsMoneyTooMuchWhateverHappenedMeanwhile() {
        PaymentOrder order = order(5000);
        order.paid(5030, true, NOON);
        assertFalse(order.paid(5030, true, NOON));
        order.crediting();
        assertFalse(order.paid(5030, true, NOON));
        assertEquals(5030, order.paidFen);
        assertEquals(OrderState.CREDITING, order.state);
    }

    @Test
    void paymentAfterCloseIsLateAndNotKept() {
        PaymentOrder order = order(5000);
        assertTrue(order.close(NOON, "expired"));
        assertFalse(order.close(NOON, "expired"));
        assertTrue(order.paid(5030, true, NOON));
        assertEquals(OrderState.PAID_LATE, order.state);
        order.crediting();
        order.creditFailed("meter gone");
        order.refunding(5030);
        order.refunded(5030);
        assertEquals(OrderState.REFUNDED, order.state);
    }

    @Test
    void wrongAmountOrCurrencyIsNeverCredited() {
        PaymentOrder order = order(5000);
        order.paid(5000, true, NOON);
        assertEquals(OrderState.AMOUNT_MISMATCH, order.state);
        refused(ProblemCode.ILLEGAL_STATE, order::crediting);
        PaymentOrder foreign = order(5000);
        foreign.paid(5030, false, NOON);
        assertEquals(OrderState.AMOUNT_MISMATCH, foreign.state);
        foreign.refunding(5030);
        foreign.refunded(5030);
        assertEquals(OrderState.REFUNDED, foreign.state);
    }

    @Test
    void paidOrderCannotBeClosedAndClosedOneNeverCredits() {
        PaymentOrder order = order(1);
        order.paid(1, true, NOON);
        refused(ProblemCode.ILLEGAL_STATE, () -> order.close(NOON, "expired"));
        PaymentOrder closed = order(1);
        closed.close(NOON, "expired");
        refused(ProblemCode.ILLEGAL_STATE, closed::crediting);
    }

    @Test
    void refundsNeverExceedWhatWasPaidAndSharesOfTheSurchargeAddUp() {
        PaymentOrder order = order(5000);
        order.paid(5030, true, NOON);
        order.crediting();
        order.credited(NOON);
        refused(ProblemCode.REFUND_TOO_LARGE, () -> order.refunding(5031));
        refused(ProblemCode.REFUND_TOO_LARGE, () -> order.refunding(0));
        List<Refund> refunds = new ArrayList<>();
        for (long part : new long[] {1000, 1, 1999, 2000}) {
            Refund refund = new Refund();
            refund.surchargeFen = Returnable.of(order, refunds).surchargeWith(part);
            refund.fen = part + refund.surchargeFen;
            refund.state = RefundState.SUCCEEDED;
            refunds.add(refund);
            order.refunding(refund.fen);
            refused(ProblemCode.ILLEGAL_STATE, () -> order.refunding(1));
            order.refunded(refund.fen);
        }
        assertEquals(
                List.of(6L, 0L, 12L, 12L),
                refunds.stream().map(refund -> refund.surchargeFen).toList());
        assertEquals(0, Returnable.of(order, refunds).leftFen());
        assertEquals(OrderState.REFUNDED, order.state);
        refused(ProblemCode.REFUND_TOO_LARGE, () -> order.refunding(1));
    }

    @Test
    void refundThatTheChannelRefusedStaysOwedUntilItGoesThrough() {
        PaymentOrder order = order(5000);
        order.paid(5030, true, NOON);
        order.refunding(5030);
        order.refundFailed("account closed");
        assertEquals(OrderState.REFUND_FAILED, order.state);
        assertEquals(5030, order.refundingFen);
        order.refundAgain();
        order.refunded(5030);
        assertEquals(OrderState.REFUNDED, order.state);
        assertEquals(0, order.refundingFen);
    }
}
