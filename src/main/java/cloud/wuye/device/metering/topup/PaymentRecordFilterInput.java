package cloud.wuye.device.metering.topup;

import cloud.wuye.payment.order.OrderState;
import cloud.wuye.platform.paging.InstantRangeInput;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.tariff.Commodity;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which payment records a list shows; absent fields filter nothing. */
@Input("PaymentRecordFilterInput")
@Description("Which payment records a list shows. Absent fields filter nothing.")
public record PaymentRecordFilterInput(
        @Description("Only electricity, or only water.") Commodity commodity,
        @Description("电表编号: only meters whose number begins so.") String meterNo,
        @Id @Description("Only this meter.") UUID deviceId,
        @Description("创建时间: only those placed in this span of time.") InstantRangeInput createdAt,
        @Description("交易状态: only those that stand in one of these states.") List<OrderState> states) {
    static final PaymentRecordFilterInput NONE = new PaymentRecordFilterInput(null, null, null, null, null);

    Select narrow(Select all) {
        return all.eq("t.commodity", commodity)
                .startsWith("t.meter_no", meterNo)
                .eq("t.device_id", deviceId)
                .between("t.created_at", createdAt)
                .in("o.state", states);
    }
}
