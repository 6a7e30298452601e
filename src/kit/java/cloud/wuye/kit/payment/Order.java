package cloud.wuye.kit.payment;

import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;

/** An order at the simulator. Guarded by its {@link Book}. */
final class Order {
    final Merchant merchant;
    final JsonObject request;
    final String outTradeNo;
    final String tradeType;
    String state = "NOTPAY";
    String prepayId;
    String transactionId;
    String openid;
    long total;
    long refunded;
    OffsetDateTime paidAt;

    Order(Merchant merchant, JsonObject request, String tradeType) {
        this.merchant = merchant;
        this.request = request;
        this.tradeType = tradeType;
        this.outTradeNo = request.getString("out_trade_no");
        this.total = request.getJsonObject("amount").getLong("total");
        this.openid = request.getJsonObject("payer", new JsonObject()).getString("openid");
    }

    /** Whether it was ever paid, given back or not. */
    boolean paid() {
        return transactionId != null;
    }

    /** The order as WeChat Pay tells it. */
    JsonObject told() {
        JsonObject json = new JsonObject()
                .put("appid", request.getString("appid"))
                .put("mchid", merchant.mchid())
                .put("out_trade_no", outTradeNo)
                .put("trade_state", state)
                .put("trade_state_desc", describe());
        if (request.containsKey("attach")) {
            json.put("attach", request.getString("attach"));
        }
        if (paid()) {
            json.put("transaction_id", transactionId)
                    .put("trade_type", tradeType)
                    .put("bank_type", "OTHERS")
                    .put("success_time", Book.time(paidAt))
                    .put("payer", new JsonObject().put("openid", openid))
                    .put(
                            "amount",
                            new JsonObject()
                                    .put("total", total)
                                    .put("payer_total", total)
                                    .put("currency", "CNY")
                                    .put("payer_currency", "CNY"));
        }
        return json;
    }

    private String describe() {
        return switch (state) {
            case "SUCCESS" -> "支付成功";
            case "REFUND" -> "转入退款";
            case "CLOSED" -> "订单已关闭";
            case "PAYERROR" -> "支付失败";
            default -> "订单未支付";
        };
    }
}
