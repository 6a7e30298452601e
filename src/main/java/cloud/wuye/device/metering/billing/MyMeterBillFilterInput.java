package cloud.wuye.device.metering.billing;

import cloud.wuye.platform.paging.InstantRangeInput;
import cloud.wuye.tariff.Commodity;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which of their bills a resident wants. */
@Input("MyMeterBillFilterInput")
@Description("Which of the caller's bills a list shows. Absent fields filter nothing.")
public record MyMeterBillFilterInput(
        @Id @Description("Only those of this meter.") UUID deviceId,
        @Description("Only those of this commodity.") Commodity commodity,
        @Description("Only those that stand so.") List<BillState> states,
        @Description("Only those issued in this span of time.") InstantRangeInput issuedAt) {
    static final MyMeterBillFilterInput NONE = new MyMeterBillFilterInput(null, null, null, null);
}
