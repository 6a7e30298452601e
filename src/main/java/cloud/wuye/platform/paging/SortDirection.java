package cloud.wuye.platform.paging;

import org.eclipse.microprofile.graphql.Description;

/** The way a list is ordered. Absent values come last in either direction. */
@Description("The way a list is ordered. Absent values come last in either direction.")
public enum SortDirection {
    @Description("Smallest, earliest or first in the alphabet first.")
    ASC,
    @Description("Largest or latest first.")
    DESC;

    SortDirection opposite() {
        return this == ASC ? DESC : ASC;
    }
}
