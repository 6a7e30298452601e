package cloud.wuye.space.occupancy;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Enum;

/** As what a resident is in a space. */
@Enum("OccupancyRole")
@Description("OWNER (业主), LESSEE (租客), FAMILY (家属) of either, STAFF (员工) who work there.")
public enum OccupancyRole {
    /** Owns it. */
    @Description("Owns it.")
    OWNER,
    /** Rents it. */
    @Description("Rents it.")
    LESSEE,
    /** Lives there with an owner or lessee. */
    @Description("Lives there with an owner or lessee.")
    FAMILY,
    /** Works there. */
    @Description("Works there.")
    STAFF
}
