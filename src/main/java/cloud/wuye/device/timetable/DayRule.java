package cloud.wuye.device.timetable;

import org.eclipse.microprofile.graphql.Description;

/** On which days a time counts, by the holiday calendar. */
@Description("On which days a time counts, by the holiday calendar.")
public enum DayRule {
    @Description("On all of its days of the week, holiday or not.")
    ANY_DAY,
    @Description("On working days: Monday to Friday that are no holiday, and make-up working days.")
    WORKING_DAYS,
    @Description("On days off: holidays, and Saturdays and Sundays that are no make-up working day.")
    DAYS_OFF
}
