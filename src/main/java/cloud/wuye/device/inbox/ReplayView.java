package cloud.wuye.device.inbox;

import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** What a replay came to. */
@Type("RejectedMessageReplay")
@Description("What a replay of rejected messages came to.")
public record ReplayView(
        @NonNull @Description("How many were tried.") Integer tried,
        @NonNull @Description("How many were taken this time.") Integer taken,
        @NonNull @Description("Those that were refused again, with today's reason.")
                List<@NonNull RejectedMessageView> refused) {}
