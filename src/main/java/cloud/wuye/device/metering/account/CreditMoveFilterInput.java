package cloud.wuye.device.metering.account;

import cloud.wuye.platform.paging.InstantRangeInput;
import cloud.wuye.platform.paging.Select;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which movements of credit a list shows; absent fields filter nothing. */
@Input("CreditMoveFilterInput")
@Description("Which movements of credit a list shows. Absent fields filter nothing.")
public record CreditMoveFilterInput(
        @Id @Description("Only those of this service point.") UUID pointId,
        @Id @Description("Only those while this meter served.") UUID deviceId,
        @Description("Only those of one of these kinds.") List<CreditMoveKind> kinds,
        @Description("Only those in this span of time.") InstantRangeInput at) {
    static final CreditMoveFilterInput NONE = new CreditMoveFilterInput(null, null, null, null);

    Select narrow(Select all) {
        return all.eq("m.point_id", pointId)
                .eq("m.device_id", deviceId)
                .in("m.kind", kinds)
                .between("m.at", at);
    }
}
