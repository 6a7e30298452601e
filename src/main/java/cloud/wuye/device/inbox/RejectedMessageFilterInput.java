package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.RejectReason;
import cloud.wuye.platform.paging.InstantRangeInput;
import cloud.wuye.platform.paging.Select;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which rejected messages; absent fields filter nothing. */
@Input("RejectedMessageFilterInput")
@Description("Which rejected messages. Absent fields filter nothing.")
public record RejectedMessageFilterInput(
        @Description("Only these.") @Id @Size(max = 200) List<UUID> ids,
        @Description("Only of this device.") @Id UUID deviceId,
        @Description("Only for this reason.") RejectReason reason,
        @Description("Only under topics that begin so.") String topicPrefix,
        @Description("Only first received in this span.") InstantRangeInput receivedAt,
        @Description("Also those that a replay has brought in.") Boolean includeReplayed) {

    static final RejectedMessageFilterInput NONE = new RejectedMessageFilterInput(null, null, null, null, null, null);

    /** A selection of those, from a statement without conditions. */
    Select select(String selectFrom) {
        Select select = Select.of(selectFrom)
                .in("id", ids)
                .eq("device_id", deviceId)
                .eq("reason", reason)
                .startsWith("topic", topicPrefix)
                .between("received_at", receivedAt);
        return Boolean.TRUE.equals(includeReplayed) ? select : select.where("replayed_at IS NULL");
    }
}
