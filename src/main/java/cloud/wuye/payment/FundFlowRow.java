package cloud.wuye.payment;

import java.time.Instant;

/**
 * A movement on the company's account at the channel.
 *
 * @param kind what it is, as far as we tell them apart
 * @param businessNo the channel's number of what caused it: a payment, a refund, a withdrawal
 * @param flowNo the channel's number of the movement
 * @param business the channel's name of it, e.g. {@code 交易}, {@code 退款}, {@code 扣除交易手续费}
 * @param amountFen what came in, negative when it went out
 * @param balanceFen what was on the account afterwards
 * @param voucherNo our number, where the movement has one
 */
public record FundFlowRow(
        Instant at,
        FlowKind kind,
        String businessNo,
        String flowNo,
        String business,
        String type,
        long amountFen,
        long balanceFen,
        String remark,
        String voucherNo) {}
