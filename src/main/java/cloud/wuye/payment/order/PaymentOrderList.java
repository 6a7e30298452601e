package cloud.wuye.payment.order;

import cloud.wuye.payment.order.PaymentOrderList.Line;
import cloud.wuye.platform.export.ExportColumn;
import cloud.wuye.platform.export.ExportList;
import cloud.wuye.platform.export.Labels;
import cloud.wuye.platform.export.Words;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.security.Roles;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;

/** Orders to pay as a file, each with its latest refund. */
@ApplicationScoped
class PaymentOrderList implements ExportList<PaymentOrderFilterInput, Line> {
    private static final String ROWS =
            """
            select o.*, r.refund_state, r.refund_reason, r.refund_number, r.refund_succeeded_at
            from payment_order o left join lateral (
              select f.state as refund_state, f.reason as refund_reason, f.number as refund_number,
                     f.succeeded_at as refund_succeeded_at
              from payment_refund f where f.tenant_id = o.tenant_id and f.order_id = o.id
              order by f.ordinal desc limit 1) r on true""";

    private static final Labels<OrderState> STATES = Labels.of(OrderState.class)
            .and(OrderState.PENDING, "待支付", "to be paid")
            .and(OrderState.PAID, "支付成功", "paid")
            .and(OrderState.CREDITING, "支付成功，到账中", "paid, being credited")
            .and(OrderState.CREDITED, "支付成功，已到账", "paid and credited")
            .and(OrderState.CLOSED, "订单关闭", "closed")
            .and(OrderState.PAID_LATE, "关闭后支付", "paid after it was closed")
            .and(OrderState.AMOUNT_MISMATCH, "金额不符", "another amount came")
            .and(OrderState.CREDIT_FAILED, "到账失败", "could not be credited")
            .and(OrderState.REFUNDING, "退款中", "being refunded")
            .and(OrderState.REFUNDED, "已退款", "refunded")
            .and(OrderState.PARTIALLY_REFUNDED, "部分退款", "refunded in part")
            .and(OrderState.REFUND_FAILED, "退款失败", "refund failed");

    private static final Labels<RefundState> REFUNDS = Labels.of(RefundState.class)
            .and(RefundState.REQUESTED, "待审批", "asked for")
            .and(RefundState.REJECTED, "已拒绝", "rejected")
            .and(RefundState.APPROVED, "已批准", "approved")
            .and(RefundState.SENT, "退款中", "sent")
            .and(RefundState.UNKNOWN, "结果未知", "outcome unknown")
            .and(RefundState.SUCCEEDED, "已退款", "gone back")
            .and(RefundState.FAILED, "退款失败", "failed");

    private static final Labels<PayerKind> PAYERS =
            Labels.of(PayerKind.class).and(PayerKind.MEMBER, "会员", "member").and(PayerKind.GUEST, "游客", "guest");

    /** An order and its latest refund, if it has one. */
    record Line(PaymentOrderView order, RefundState refund, String reason, String number, Instant succeededAt) {}

    @Override
    public String name() {
        return "paymentOrders";
    }

    @Override
    public Words title() {
        return new Words("缴费订单", "Payment orders");
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.MANAGER, Roles.FINANCE);
    }

    @Override
    public Class<PaymentOrderFilterInput> filter() {
        return PaymentOrderFilterInput.class;
    }

    @Override
    public Select rows(PaymentOrderFilterInput by) {
        return OrderQueries.passing(by, Select.of(ROWS));
    }

    @Override
    public Keyset order() {
        return PaymentOrderSort.CREATED_AT.keyset();
    }

    @Override
    public Line row(Row row) {
        String refund = row.getString("refund_state");
        OffsetDateTime succeeded = row.getOffsetDateTime("refund_succeeded_at");
        return new Line(
                PaymentOrderView.of(PaymentOrders.read(row)),
                refund == null ? null : RefundState.valueOf(refund),
                row.getString("refund_reason"),
                row.getString("refund_number"),
                succeeded == null ? null : succeeded.toInstant());
    }

    @Override
    public List<ExportColumn<Line>> columns() {
        return List.of(
                ExportColumn.text("订单编号", "Order number", line -> line.order().orderNo()),
                ExportColumn.text("用途", "Purpose", line -> line.order().purpose()),
                ExportColumn.text("缴费对象", "Paid for", line -> line.order().subjectName()),
                ExportColumn.text("用户名称", "Payer", line -> line.order().payerName()),
                ExportColumn.choice(
                        "用户类型", "Kind of payer", line -> line.order().payerKind(), PAYERS),
                ExportColumn.yuan(
                        "应缴费金额(元)", "Price (yuan)", line -> line.order().payableFen()),
                ExportColumn.yuan("手续费(元)", "Fee (yuan)", line -> line.order().surchargeFen()),
                ExportColumn.yuan(
                        "应付合计(元)", "To pay (yuan)", line -> line.order().dueFen()),
                ExportColumn.yuan(
                        "实际缴费金额(元)", "Paid (yuan)", line -> line.order().paidFen()),
                ExportColumn.yuan(
                        "已退金额(元)", "Refunded (yuan)", line -> line.order().refundedFen()),
                ExportColumn.choice("交易状态", "State", line -> line.order().state(), STATES),
                ExportColumn.text("说明", "Why", line -> line.order().why()),
                ExportColumn.instant("创建时间", "Created", line -> line.order().createdAt()),
                ExportColumn.instant("支付时间", "Paid at", line -> line.order().paidAt()),
                ExportColumn.instant("到账时间", "Credited at", line -> line.order().creditedAt()),
                ExportColumn.instant("关闭时间", "Closed at", line -> line.order().closedAt()),
                ExportColumn.choice("最近退款状态", "Latest refund", Line::refund, REFUNDS),
                ExportColumn.text("退款单号", "Refund number", Line::number),
                ExportColumn.text("退款原因", "Reason of the refund", Line::reason),
                ExportColumn.instant("退款完成时间", "Gone back at", Line::succeededAt));
    }
}
