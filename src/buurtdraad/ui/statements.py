"""What this website says about itself: accessibility, privacy, and reporting a vulnerability.

Only what the product does today; a room that starts to keep personal data adds its sentence here.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Words = str | Promise


@dataclass(frozen=True)
class Part:
    heading: Words
    paragraphs: tuple[Words, ...]


@dataclass(frozen=True)
class Statement:
    title: Words
    lead: Words
    parts: tuple[Part, ...]


ACCESSIBILITY = Statement(
    _("Accessibility"),
    _("Everybody must be able to use this website. We do our best for that."),
    (
        Part(
            _("What you may expect"),
            (
                _("You can use the whole website with a keyboard. A screen reader can read every page."),
                _("Every map has a list that says the same. Every chart has a sentence and a table."),
                _("You need no JavaScript. The website also works on an old or small telephone."),
                _("You can read every page in Dutch, in easy Dutch and in English."),
            ),
        ),
        Part(
            _("How we check"),
            (
                _("We make the website by the rules of WCAG 2.2, level AA."),
                _("With every change a program looks for mistakes, at three screen widths."),
                _("No independent expert has checked this website yet. So there may be mistakes that we do not know of."),
            ),
        ),
        Part(
            _("Does something not work?"),
            (
                _("Tell us. Call us and say on which page it happens. We also help you by telephone with what you came for."),
                _("Are you not satisfied with our answer? Then you can go to the National Ombudsman."),
            ),
        ),
    ),
)

PRIVACY = Statement(
    _("Privacy"),
    _("You can read everything here without telling us who you are."),
    (
        Part(
            _("When you read"),
            (
                _("You need no account to read."),
                _("We do not follow you. There are no advertisements and no counters of other companies."),
                _("Your browser asks for nothing at other websites. Letters, pictures and maps come from us."),
            ),
        ),
        Part(
            _("When you look for your neighbourhood"),
            (
                _("Do you type an address? Then our computer looks it up at PDOK, the map service of the government."),
                _("PDOK does not get to know who you are. We do not keep the address."),
                _("Do you press “Use my location”? Your device asks you first. We get the place to about 10 metres, and use it once."),
            ),
        ),
        Part(
            _("When you sign in"),
            (
                _("Then we store a cookie in your browser. It is only there to know that you are signed in."),
                _("We keep your e-mail address, when you signed in and on what kind of device."),
                _("We ask only for what we need."),
            ),
        ),
        Part(
            _("Read aloud"),
            (_("The voice of your own browser reads the page. Some browsers send the text to their maker for that."),),
        ),
        Part(
            _("Your rights"),
            (
                _("You may ask what we know about you. You may have it corrected or removed. Call us for that."),
                _("Do you have an account? On “My page” you save all that we know about you. There you can also have yourself erased."),
                _("Do you have a complaint about your privacy? You can go to the Dutch Data Protection Authority."),
            ),
        ),
    ),
)

VULNERABILITY = Statement(
    _("Report a vulnerability"),
    _("Did you find a weak spot in the security of this website? Tell us, so that we can mend it."),
    (
        Part(
            _("What you do"),
            (
                _("Describe what you found, and how we can see it too. An address and a few steps are enough."),
                _("You may report without giving your name. Then we cannot tell you what we did with it."),
                _("Do not tell others about it until it is mended."),
            ),
        ),
        Part(
            _("What you do not do"),
            (
                _("Do not look at more than you need to show the weak spot. Change and remove nothing."),
                _("Do not copy data about people. Do not make the website slow or unreachable."),
            ),
        ),
        Part(
            _("What we do"),
            (
                _("We read your report, tell you what we think of it, and mend what is wrong."),
                _("We do not give your name to others, unless the law forces us to."),
            ),
        ),
    ),
)
