"""Addresses of articles: every known form of one article's address gives its site and one id."""

from __future__ import annotations

import pytest

from newsscrape.sites import find_site, load_site

ADDRESSES = [
    ("yna", "AKR20230419006200320", ["https://www.yna.co.kr/view/AKR20230419006200320?section=politics/all", "https://m.yna.co.kr/amp/view/AKR20230419006200320", "http://yna.kr/AKR20230419006200320?did=1215m"]),
    ("yna-en", "AEN20230419006200320", ["https://en.yna.co.kr/view/AEN20230419006200320", "https://m-en.yna.co.kr/view/AEN20230419006200320?section=national"]),
    ("asiatoday", "20180201000926088", ["http://www.asiatoday.co.kr/view.php?key=20180201000926088", "https://ww2.asiatoday.co.kr/kn/view.php?key=20180201000926088", "http://m.asiatoday.co.kr/kn/view.php?r=articles&key=20180201000926088"]),
    ("khan", "201609260957011", ["http://biz.khan.co.kr/khan_art_view.html?artid=201609260957011&code=920100", "http://news.khan.co.kr/kh_news/khan_art_view.html?artid=201609260957011", "https://www.khan.co.kr/article/201609260957011", "https://www.khan.co.kr/economy/industry-trade/article/201609260957011"]),
    ("businesspost", "341018", ["https://www.businesspost.co.kr/BP?command=article_view&num=341018", "https://m.businesspost.co.kr/BP?command=mobile_view&num=341018"]),
    ("chosun", "2016091700921", ["http://news.chosun.com/site/data/html_dir/2016/09/17/2016091700921.html", "http://m.chosun.com/svc/article.html?sname=news&contid=2016091700921", "http://m.chosun.com/news/article.amp.html?sname=news&contid=2016091700921"]),
    ("chosun", "PHN3NSOXKVEP3M77YKKWI3QJ6A", ["https://www.chosun.com/international/international_general/2023/04/11/PHN3NSOXKVEP3M77YKKWI3QJ6A/", "https://www.chosun.com/international/international_general/2023/04/11/PHN3NSOXKVEP3M77YKKWI3QJ6A/?outputType=amp"]),
    ("chosunbiz", "PHN3NSOXKVEP3M77YKKWI3QJ6A", ["https://biz.chosun.com/it-science/ict/2023/04/11/PHN3NSOXKVEP3M77YKKWI3QJ6A/"]),
    ("hani", "761485", ["http://www.hani.co.kr/arti/society/society_general/761485.html", "http://m.hani.co.kr/arti/society/society_general/761485.html?_fr=tw"]),
    ("hankookilbo", "A2025051516330004328", ["https://www.hankookilbo.com/News/Read/A2025051516330004328", "https://m.hankookilbo.com/News/Read/Amp/A2025051516330004328", "https://www.hankookilbo.com/news/article/A2025051516330004328"]),
    ("mbc", "6475748", ["https://imnews.imbc.com/news/2023/enter/article/6475748_36161.html", "https://imnews.imbc.com/news/2023/enter/article/6475748_36162.html"]),
    ("daejonilbo", "1412361", ["http://m.daejonilbo.com/mnews.asp?pk_no=1412361", "http://www.daejonilbo.com/news/newsitem.asp?pk_no=1412361"]),
    ("daejonilbo", "2100001", ["https://www.daejonilbo.com/news/articleView.html?idxno=2100001", "https://www.daejonilbo.com/news/articleViewAmp.html?idxno=2100001"]),
    ("mediagaon", "01100201.20130707100000221", ["http://www.mediagaon.or.kr/jsp/sch/common/popup/newsviewpopup.jsp?newsId=01100201.20130707100000221"]),
    ("mk", "10520942", ["https://m.mk.co.kr/news/politics/10520942", "https://m.mk.co.kr/amp/10520942", "https://www.mk.co.kr/news/politics/10520942", "https://www.mk.co.kr/article/10520942"]),
    ("naver", "003/0012577249", ["https://n.news.naver.com/mnews/article/003/0012577249?sid=105", "https://n.news.naver.com/article/003/0012577249", "https://n.news.naver.com/article/comment/003/0012577249", "https://news.naver.com/main/read.nhn?mode=LSD&mid=sec&oid=003&aid=0012577249&sid1=001", "https://news.naver.com/main/read.naver?aid=0012577249&oid=003"]),
    ("donga", "80317105", ["http://news.donga.com/List/3/all/20160918/80317105/1", "http://news.donga.com/amp/all/20160918/80317105/1", "https://www.donga.com/news/Society/article/all/20160918/80317105/1"]),
    ("kbs", "7646022", ["https://news.kbs.co.kr/news/view.do?ncd=7646022", "https://news.kbs.co.kr/news/pc/view/view.do?ncd=7646022&ref=A"]),
    ("sbs", "N1007161287", ["https://news.sbs.co.kr/news/endPage.do?news_id=N1007161287", "https://mnews.sbs.co.kr/news/endPage.do?newsId=N1007161287", "http://news.sbs.co.kr/section_news/news_read.jsp?news_id=N1007161287", "https://sbsnews.co.kr/article/m/N1007161287", "https://news.sbs.co.kr/amp/news.amp?news_id=N1007161287"]),
    ("tvchosun", "2023042190134", ["http://news.tvchosun.com/site/data/html_dir/2023/04/21/2023042190134.html", "http://news.tvchosun.com/mobile/svc/article.amp.html?contid=2023042190134"]),
    ("daum", "20180516222212362", ["https://news.v.daum.net/v/20180516222212362", "https://v.daum.net/v/20180516222212362?f=m", "http://v.media.daum.net/v/20180516222212362"]),
    ("yonhapnewstv", "MYH20230420008700641", ["http://www.yonhapnewstv.co.kr/news/MYH20230420008700641?srt=l"]),
    ("ytn", "202304071836587452", ["https://www.ytn.co.kr/_ln/0103_202304071836587452", "https://m.ytn.co.kr/news_view.php?key=202304071836587452&s_mcd=0103", "https://m.ytn.co.kr/news_view.amp.php?param=0103_202304071836587452"]),
    ("sporbiz", "140476", ["http://www.sporbiz.co.kr/news/articleView.html?idxno=140476", "http://m.sporbiz.co.kr/news/articleView.html?idxno=140476", "http://www.sporbiz.co.kr/news/articlePrint.html?idxno=140476"]),
    ("zum", "49918663", ["http://news.zum.com/articles/49918663?cm=facebook", "https://m.news.zum.com/articles/49918663", "https://news.zumst.com/articles/49918663"]),
    ("joongang", "25200001", ["https://www.joongang.co.kr/article/25200001", "https://www.joongang.co.kr/article/25200001#home", "http://news.joins.com/article/olink/25200001?total_id=25200001"]),
    ("kmib", "0016001234", ["http://news.kmib.co.kr/article/view.asp?arcid=0016001234&code=61121111", "https://m.kmib.co.kr/view_amp.asp?arcid=0016001234", "https://www.kmib.co.kr/article/view.asp?arcid=0016001234"]),
    ("seoul", "20211004500082", ["https://www.seoul.co.kr/news/newsView.php?id=20211004500082&wlog_tag3=naver", "https://www.seoul.co.kr/news/society/2021/10/04/20211004500082"]),
    ("segye", "20230101500123", ["https://www.segye.com/newsView/20230101500123?OutUrl=naver"]),
    ("newsis", "NISX20240530_0002754321", ["https://www.newsis.com/view/NISX20240530_0002754321", "https://mobile.newsis.com/view_amp.html?ar_id=NISX20240530_0002754321"]),
    ("nocut", "5901234", ["https://www.nocutnews.co.kr/news/5901234", "https://m.nocutnews.co.kr/news/amp/5901234"]),
    ("jtbc", "NB12123456", ["https://news.jtbc.co.kr/article/NB12123456", "https://news.jtbc.joins.com/article/article.aspx?news_id=NB12123456"]),
    ("hankyung", "2023041812345", ["https://www.hankyung.com/article/2023041812345", "https://www.hankyung.com/article/amp/2023041812345"]),
    ("sedaily", "29OPA12345", ["https://www.sedaily.com/NewsView/29OPA12345/GG01", "https://m.sedaily.com/NewsViewAmp/29OPA12345"]),
    ("edaily", "01234566635577000", ["https://www.edaily.co.kr/News/Read?newsId=01234566635577000&mediaCodeNo=257", "https://m.edaily.co.kr/News/Read?newsId=01234566635577000&mediaCodeNo=257"]),
    ("etnews", "20230419000123", ["https://www.etnews.com/20230419000123"]),
    ("zdnet", "20230419123456", ["https://zdnet.co.kr/view/?no=20230419123456"]),
    ("osen", "G1112000123", ["https://www.osen.co.kr/article/G1112000123"]),
    ("ohmynews", "A0002900123", ["https://www.ohmynews.com/NWS_Web/View/at_pg.aspx?CNTN_CD=A0002900123", "https://m.ohmynews.com/NWS_Web/Mobile/amp.aspx?CNTN_CD=A0002900123"]),
    ("aitimes", "151234", ["https://www.aitimes.com/news/articleView.html?idxno=151234", "https://www.aitimes.com/news/articleViewAmp.html?idxno=151234"]),
]  # fmt: skip
ADDRESS_CASES = [
    pytest.param(url, key, identity, id=f"{key}:{url.partition('//')[2]}")
    for key, identity, urls in ADDRESSES
    for url in urls
]


@pytest.mark.parametrize(("url", "key", "identity"), ADDRESS_CASES)
def test_address_gives_site_and_id(url: str, key: str, identity: str) -> None:
    site = find_site(url)
    assert site is not None
    assert (site.key, site.identity(url), site.is_article_url(url)) == (key, identity, True)


@pytest.mark.parametrize(
    ("key", "identity", "urls"), ADDRESSES, ids=[f"{key}-{identity}" for key, identity, _ in ADDRESSES]
)
def test_canonical_address_keeps_the_id(key: str, identity: str, urls: list[str]) -> None:
    site = load_site(key)
    for url in urls:
        canonical = site.canonical(url)
        assert canonical is not None
        assert site.identity(canonical) == identity


NO_ARTICLES = [
    "https://www.yna.co.kr/politics/all",
    "https://www.khan.co.kr/",
    "https://news.naver.com/section/100",
    "https://news.naver.com/main/home.naver",
    "https://search.naver.com/search.naver?where=news&query=a",
    "https://www.mk.co.kr/news/politics/",
    "http://www.sporbiz.co.kr/news/articleList.html?sc_section_code=S1N1",
    "http://news.chosun.com/svc/list_in/list.html?source=1&pn=1",
    "https://www.hankookilbo.com/News/Politics",
    "https://news.daum.net/society",
]


@pytest.mark.parametrize("url", NO_ARTICLES)
def test_list_address_is_no_article(url: str) -> None:
    site = find_site(url)
    assert site is None or not site.is_article_url(url)
