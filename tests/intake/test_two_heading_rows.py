"""SurveyMonkey writes the question once and its options in a second row: both together are the heading."""

from tests.intake.data_set import DataSet

FIXED = "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1"
SURVEY = (FIXED + ",Why did you leave?,,,Anything we could have done better?\n"
          ",,,,,,,,,Too expensive,No time,Other (please specify),Open-Ended Response\n"
          "11,5,2025-06-30 10:00,2025-06-30 10:02,203.0.113.9,a@x.org,,,,Too expensive,No time,,Cheaper\n"
          "12,5,2025-07-01 10:00,2025-07-01 10:02,203.0.113.9,b@x.org,,,,,,Moved to Graz,\n")


def test_options_of_a_question_are_reasons_and_the_second_row_is_nobody():
    data = DataSet([("survey.csv", SURVEY)])
    report = data.reports[0]
    assert (report.system, report.rows_read, report.rows_taken, report.rows_set_aside) == ("surveymonkey", 2, 2, 0)
    assert report.headings[9:] == ["Why did you leave?: Too expensive", "Why did you leave?: No time",
                                   "Why did you leave?: Other (please specify)", "Anything we could have done better?"]
    assert data.ask("select source_row, member_id, answered_at, comment from survey_answers order by 1") == [
        (3, "a@x.org", "2025-06-30T10:02:00", "Cheaper"), (4, "b@x.org", "2025-07-01T10:02:00", None)]
    assert data.ask("select source_row, reason, wording from answer_reasons order by 1, 2") == [
        (3, "not_using", "No time"), (3, "price", "Too expensive"), (4, "life_change", "Moved to Graz")]


def test_a_single_choice_and_no_second_row_read_as_well():
    data = DataSet([("survey.csv", FIXED + ",Why did you leave?\n"
                     "11,5,2025-06-30 10:00,2025-06-30 10:02,203.0.113.9,a@x.org,,,,Too expensive\n")])
    assert data.ask("select source_row, reason from answer_reasons") == [(2, "price")]


def test_columns_that_only_the_second_row_names_are_not_called_blank(shared, tmp_path):
    from retention.dataset import build
    from retention.model import FileRequest

    path = tmp_path / "survey.csv"
    path.write_text(SURVEY)
    data = build([FileRequest("survey.csv", str(path))])
    assert [finding.code for finding in data.reports[0].findings if finding.severity != "note"] == []
    data.forget()
