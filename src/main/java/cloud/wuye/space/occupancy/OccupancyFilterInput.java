package cloud.wuye.space.occupancy;

import cloud.wuye.platform.paging.InstantRangeInput;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.space.Spaces;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which occupancies a list shows; absent fields filter nothing. */
@Input("OccupancyFilterInput")
@Description("Which occupancies a list shows. Absent fields filter nothing; those that have ended are there as well.")
public record OccupancyFilterInput(
        @Id @Description("Only those of this very space.") UUID spaceId,
        @Id @Description("Only those of this space and what stands below it.") UUID within,
        @Id @Description("Only those of this resident.") UUID residentId,
        @Description("Only those in one of these roles.") List<OccupancyRole> roles,
        @Description("true: only those that have ended; false: only those that have not, planned ones included.")
                Boolean ended,
        @Description("Only those that held at this moment.") Instant at,
        @Description("Only those that began in this span of time.") InstantRangeInput since) {
    static final OccupancyFilterInput NONE = new OccupancyFilterInput(null, null, null, null, null, null, null);

    /** The occupancies that pass. */
    Select select(Instant now) {
        Select select = Select.of("select " + OccupancyView.COLUMNS + " from occupancy o")
                .eq("o.space_id", spaceId)
                .eq("o.resident_id", residentId)
                .in("o.role", roles)
                .between("o.since", since);
        if (within != null) {
            select.where("o.space_id" + Spaces.WITHIN, within);
        }
        if (ended != null) {
            select.where(ended ? "o.until <= ?" : "(o.until is null or o.until > ?)", now);
        }
        if (at != null) {
            select.where("o.since <= ? and (o.until is null or o.until > ?)", at, at);
        }
        return select;
    }
}
