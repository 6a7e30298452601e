package cloud.wuye.kit.payment;

import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;

/** A refund at the simulator. Guarded by its {@link Book}. */
final class Refund {
    final Order order;
    final JsonObject request;
    final String outRefundNo;
    final String refundId;
    final long amount;
    final OffsetDateTime createdAt;
    String state = "PROCESSING";
    OffsetDateTime doneAt;

    Refund(Order order, JsonObject request, OffsetDateTime createdAt) {
        this.order = order;
        this.request = request;
        this.outRefundNo = request.getString("out_refund_no");
        this.refundId = "50300" + Keys.digits(23);
        this.amount = request.getJsonObject("amount").getLong("refund");
        this.createdAt = createdAt;
    }

    /** As WeChat Pay answers. */
    JsonObject told() {
        JsonObject json = new JsonObject()
                .put("refund_id", refundId)
                .put("out_refund_no", outRefundNo)
                .put("transaction_id", order.transactionId)
                .put("out_trade_no", order.outTradeNo)
                .put("channel", "ORIGINAL")
                .put("user_received_account", "支付用户零钱")
                .put("create_time", Book.time(createdAt))
                .put("status", state)
                .put("funds_account", "AVAILABLE")
                .put(
                        "amount",
                        new JsonObject()
                                .put("total", order.total)
                                .put("refund", amount)
                                .put("payer_total", order.total)
                                .put("payer_refund", amount)
                                .put("settlement_refund", amount)
                                .put("settlement_total", order.total)
                                .put("discount_refund", 0)
                                .put("currency", "CNY"));
        return doneAt == null ? json : json.put("success_time", Book.time(doneAt));
    }

    /** As it stands in a notice. */
    JsonObject noticed() {
        JsonObject json = new JsonObject()
                .put("mchid", order.merchant.mchid())
                .put("transaction_id", order.transactionId)
                .put("out_trade_no", order.outTradeNo)
                .put("refund_id", refundId)
                .put("out_refund_no", outRefundNo)
                .put("refund_status", state)
                .put("user_received_account", "支付用户零钱")
                .put(
                        "amount",
                        new JsonObject()
                                .put("total", order.total)
                                .put("refund", amount)
                                .put("payer_total", order.total)
                                .put("payer_refund", amount));
        return doneAt == null ? json : json.put("success_time", Book.time(doneAt));
    }
}
