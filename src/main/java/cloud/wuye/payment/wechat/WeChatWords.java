package cloud.wuye.payment.wechat;

import cloud.wuye.payment.ChannelKind;
import cloud.wuye.payment.ChannelNotice;
import cloud.wuye.payment.ChannelPayment;
import cloud.wuye.payment.ChannelRefund;
import cloud.wuye.payment.NoticeKind;
import cloud.wuye.payment.PaymentState;
import cloud.wuye.payment.RefundState;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** WeChat Pay's JSON as our records. {@link Nonsense} when something is missing that the protocol promises. */
final class WeChatWords {
    private WeChatWords() {}

    /** A verified text that does not have the agreed form. */
    static final class Nonsense extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Nonsense(String what) {
            super(what);
        }
    }

    static ChannelPayment payment(JsonNode json) {
        PaymentState state = paymentState(text(json, "trade_state"));
        boolean paid = state == PaymentState.PAID || state == PaymentState.REFUNDED;
        JsonNode amount = json.path("amount");
        return new ChannelPayment(
                ChannelKind.WECHAT_PAY,
                text(json, "appid"),
                text(json, "mchid"),
                text(json, "out_trade_no"),
                paid ? text(json, "transaction_id") : null,
                state,
                paid ? fen(amount, "total") : null,
                paid ? fen(amount, "payer_total") : null,
                paid ? text(amount, "currency") : null,
                optional(json.path("payer"), "openid"),
                paid ? time(json, "success_time") : null);
    }

    /** From an answer; in a notice the state has another name, and there is no currency. */
    static ChannelRefund refund(JsonNode json) {
        RefundState state = refundState(text(json, "status"));
        return new ChannelRefund(
                ChannelKind.WECHAT_PAY,
                text(json, "refund_id"),
                text(json, "out_refund_no"),
                text(json, "transaction_id"),
                text(json, "out_trade_no"),
                state,
                fen(json.path("amount"), "refund"),
                fen(json.path("amount"), "total"),
                text(json.path("amount"), "currency"),
                state == RefundState.SUCCESS ? time(json, "success_time") : null);
    }

    static ChannelNotice paymentNotice(JsonNode json, String digest) {
        ChannelPayment payment = payment(json);
        if (payment.transactionId() == null) {
            throw new Nonsense("a notice of a payment that is not paid");
        }
        return new ChannelNotice(
                ChannelKind.WECHAT_PAY,
                NoticeKind.PAYMENT,
                payment.appId(),
                payment.merchantId(),
                payment.outTradeNo(),
                payment.transactionId(),
                null,
                null,
                payment.state(),
                null,
                payment.amountFen(),
                payment.payerAmountFen(),
                payment.currency(),
                payment.successTime(),
                digest);
    }

    static ChannelNotice refundNotice(JsonNode json, String digest) {
        RefundState state = refundState(text(json, "refund_status"));
        return new ChannelNotice(
                ChannelKind.WECHAT_PAY,
                NoticeKind.REFUND,
                null,
                text(json, "mchid"),
                text(json, "out_trade_no"),
                text(json, "transaction_id"),
                text(json, "out_refund_no"),
                text(json, "refund_id"),
                null,
                state,
                fen(json.path("amount"), "refund"),
                fen(json.path("amount"), "payer_refund"),
                optional(json.path("amount"), "currency"),
                state == RefundState.SUCCESS ? time(json, "success_time") : null,
                digest);
    }

    static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isTextual() || value.asText().isEmpty()) {
            throw new Nonsense("no " + name);
        }
        return value.asText();
    }

    private static String optional(JsonNode json, String name) {
        return json.path(name).isTextual() ? json.path(name).asText() : null;
    }

    private static long fen(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
            throw new Nonsense("no amount " + name);
        }
        return value.asLong();
    }

    private static Instant time(JsonNode json, String name) {
        try {
            return OffsetDateTime.parse(text(json, name)).toInstant();
        } catch (DateTimeException e) {
            throw new Nonsense("no time " + name);
        }
    }

    private static PaymentState paymentState(String word) {
        return switch (word) {
            case "SUCCESS" -> PaymentState.PAID;
            case "REFUND" -> PaymentState.REFUNDED;
            case "NOTPAY" -> PaymentState.UNPAID;
            case "CLOSED", "REVOKED" -> PaymentState.CLOSED;
            case "USERPAYING", "ACCEPT" -> PaymentState.PAYING;
            case "PAYERROR" -> PaymentState.FAILED;
            default -> throw new Nonsense("trade_state " + word);
        };
    }

    private static RefundState refundState(String word) {
        return switch (word) {
            case "SUCCESS" -> RefundState.SUCCESS;
            case "PROCESSING" -> RefundState.PROCESSING;
            case "CLOSED" -> RefundState.CLOSED;
            case "ABNORMAL" -> RefundState.ABNORMAL;
            default -> throw new Nonsense("refund status " + word);
        };
    }
}
