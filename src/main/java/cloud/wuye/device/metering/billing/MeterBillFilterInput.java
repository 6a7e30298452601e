package cloud.wuye.device.metering.billing;

import cloud.wuye.platform.paging.InstantRangeInput;
import cloud.wuye.tariff.Commodity;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which bills a list shows; absent fields filter nothing. */
@Input("MeterBillFilterInput")
@Description("Which bills a list shows. Absent fields filter nothing.")
public record MeterBillFilterInput(
        @Description("Those whose number begins like this.") String number,
        @Id @Description("Only those of this meter.") UUID deviceId,
        @Id @Description("Only those of this service point.") UUID pointId,
        @Id @Description("Only those of this resident.") UUID customerId,
        @Id @Description("Only those of this run.") UUID runId,
        @Description("Those whose meter's number begins like this.") String meterNo,
        @Description("Only those of this commodity.") Commodity commodity,
        @Description("Only those that stand so.") List<BillState> states,
        @Description("Only those that are, or are not, estimated in part.") Boolean estimated,
        @Description("Only those issued in this span of time.") InstantRangeInput issuedAt,
        @Description("Only those whose period ended in this span of time.") InstantRangeInput cutAt) {
    static final MeterBillFilterInput NONE =
            new MeterBillFilterInput(null, null, null, null, null, null, null, null, null, null, null);
}
