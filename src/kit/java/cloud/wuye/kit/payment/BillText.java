package cloud.wuye.kit.payment;

import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Bills as WeChat Pay writes them: what is a row, what the totals say. */
final class BillText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final String TRADE_COLUMNS =
            "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,"
                    + "微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";
    private static final String TRADE_TOTALS = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";
    private static final String FLOW_COLUMNS = "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号";
    private static final String FLOW_TOTALS = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额";

    private BillText() {}

    static String trades(Merchant merchant, List<Bills.Trade> trades) {
        StringBuilder text = new StringBuilder("\uFEFF").append(TRADE_COLUMNS).append("\r\n");
        long paid = 0;
        long refunded = 0;
        long fees = 0;
        for (Bills.Trade trade : trades) {
            boolean refund = trade.refund() != null;
            paid += refund ? 0 : trade.amount();
            refunded += refund ? trade.amount() : 0;
            fees += trade.fee();
            row(
                    text,
                    TIME.format(trade.at()),
                    merchant.appid(),
                    merchant.mchid(),
                    "0",
                    "",
                    trade.transaction(),
                    trade.outTradeNo(),
                    trade.order() == null ? "o" + Keys.random(27) : trade.order().openid,
                    trade.order() == null ? "JSAPI" : trade.order().tradeType,
                    trade.state(),
                    "OTHERS",
                    "CNY",
                    refund ? "0.00" : yuan(trade.amount()),
                    "0.00",
                    refund ? trade.refund().refundId : "0",
                    refund ? trade.refund().outRefundNo : "0",
                    refund ? yuan(trade.amount()) : "0.00",
                    "0.00",
                    refund ? "ORIGINAL" : "",
                    refund ? trade.refund().state : "",
                    trade.order() == null ? "?" : trade.order().request.getString("description"),
                    "",
                    yuan(trade.fee()) + "000",
                    "0.60%",
                    refund ? "0.00" : yuan(trade.amount()),
                    refund ? yuan(trade.amount()) : "0.00",
                    "");
        }
        text.append(TRADE_TOTALS).append("\r\n");
        row(
                text,
                String.valueOf(trades.size()),
                yuan(paid),
                yuan(refunded),
                "0.00",
                yuan(fees) + "000",
                yuan(paid),
                yuan(refunded));
        return text.toString();
    }

    static String flows(List<Bills.Trade> trades, List<Bills.Payout> payouts) {
        StringBuilder text = new StringBuilder("\uFEFF").append(FLOW_COLUMNS).append("\r\n");
        long[] counts = new long[2];
        long[] sums = new long[2];
        long balance = 0;
        for (Bills.Trade trade : trades) {
            long[] moves = trade.refund() == null
                    ? new long[] {trade.amount(), -trade.fee()}
                    : new long[] {-trade.amount(), -trade.fee()};
            String[] names = trade.refund() == null ? new String[] {"交易", "扣除交易手续费"} : new String[] {"退款", "退还手续费"};
            String number = trade.refund() != null ? trade.refund().refundId : trade.transaction();
            for (int i = 0; i < moves.length; i++) {
                if (moves[i] == 0) {
                    continue;
                }
                int side = moves[i] > 0 ? 0 : 1;
                counts[side]++;
                sums[side] += Math.abs(moves[i]);
                balance += moves[i];
                row(
                        text,
                        TIME.format(trade.at()),
                        number,
                        "4200" + Keys.digits(24),
                        names[i],
                        names[i],
                        side == 0 ? "收入" : "支出",
                        yuan(Math.abs(moves[i])),
                        yuan(balance),
                        "system",
                        "",
                        trade.refund() == null ? trade.outTradeNo() : trade.refund().outRefundNo);
            }
        }
        for (Bills.Payout payout : payouts) {
            counts[1]++;
            sums[1] += payout.fen();
            balance -= payout.fen();
            row(
                    text,
                    TIME.format(payout.at()),
                    payout.flowNo(),
                    payout.flowNo(),
                    "提现",
                    "提现",
                    "支出",
                    yuan(payout.fen()),
                    yuan(balance),
                    "system",
                    "",
                    "");
        }
        text.append(FLOW_TOTALS).append("\r\n");
        row(
                text,
                String.valueOf(counts[0] + counts[1]),
                String.valueOf(counts[0]),
                yuan(sums[0]),
                String.valueOf(counts[1]),
                yuan(sums[1]));
        return text.toString();
    }

    private static void row(StringBuilder text, String... values) {
        text.append('`').append(String.join(",`", values)).append("\r\n");
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }
}
