package cloud.wuye.space.occupancy;

import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** Somebody who moves in. */
@Input("OccupancyInput")
@Description("A resident who moves into a space.")
public record OccupancyInput(
        @Id @NonNull @NotNull @Description("Where.") UUID spaceId,
        @Id @NonNull @NotNull @Description("Who.") UUID residentId,
        @NonNull @NotNull @Description("As what.") OccupancyRole role,
        @Description("The first moment that counts; now when absent.") Instant since,
        @Description("The first moment that no longer counts; absent: open.") Instant until) {}
